"""Serve: REST, SPARQL protocol and pages; routers are thin."""
