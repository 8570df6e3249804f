"""Load: source file -> records with their place -> statements. One module a source; SOURCES is the list."""

from __future__ import annotations

from . import competent, crosswalks, dossier, esco, leermiddelen, rncp, rome, sssom, vks, werkboek
from .source import Source

SOURCES: tuple[Source, ...] = (
    vks.SOURCE,
    dossier.SOURCE,
    werkboek.SOURCE,
    rome.SOURCE,
    esco.SOURCE,
    rncp.SOURCE,
    crosswalks.SOURCE,
    sssom.SOURCE,
    competent.SOURCE,
    leermiddelen.SOURCE,
)
"""Every source that `leerbrug build` knows, by the order in which they are told of."""
