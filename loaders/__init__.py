"""Load: source file -> records with their place -> statements. One module a source; SOURCES is the list."""
