"""Answers over HTTP: the chat page, the page for an iframe, REST, and what guards them."""
