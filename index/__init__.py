"""Passages made findable: embeddings, lexical index, Chroma store and retrievers."""
