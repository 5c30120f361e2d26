"""Dafu for programs: answers as a stream of events, as an OpenAI model, as tools over MCP."""
