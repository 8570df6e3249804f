"""The routers: each parses, calls one function, returns."""
