"""The W3C SPARQL suites against our own endpoint, over HTTP, as a client of it."""
