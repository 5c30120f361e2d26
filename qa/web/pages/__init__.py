"""Pages made on the server: the reader, which shows the report, and the explorer."""
