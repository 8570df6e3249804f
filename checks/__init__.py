"""Check: SHACL and what SHACL cannot say -> one Report whose findings name file, sheet, row and cell."""
