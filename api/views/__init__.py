"""Pages about things: each function takes what was found and gives it as HTML; the routes give the same as data."""
