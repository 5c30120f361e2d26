"""Questions answered from the report, with the passages that prove each answer."""
