"""Measure: every figure that is stated is printed by a command here."""
