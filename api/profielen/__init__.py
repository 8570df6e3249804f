"""Export profiles: the same thing in the words of another standard, asked by `?profiel=` or Accept-Profile."""

from __future__ import annotations
