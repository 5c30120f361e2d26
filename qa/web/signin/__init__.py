"""Signing in with OpenID Connect, built in: the flow, the cookies, the addresses."""
