"""Decide: the append-only ledger of sector decisions, mappings and exemptions."""
