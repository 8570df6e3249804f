"""Leerbrug: an open knowledge graph of qualifications and competences for Flanders."""
