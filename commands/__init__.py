"""Meet: one module a command; the only place where all parts meet."""
