"""The retrieval benchmark: lexical, dense and hybrid search on held-out sets, in one table."""
