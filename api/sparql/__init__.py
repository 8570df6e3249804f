"""SPARQL for everyone, safely: the read side of the SPARQL 1.1 Protocol, run in processes that can be ended."""
