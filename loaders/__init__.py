"""Load: source file -> records with their place -> statements. One module a source; SOURCES is the list."""

from __future__ import annotations

from . import competent, crosswalks, dossier, esco, leermiddelen, rncp, rome, sssom, vks, werkboek
from .source import Source

SOURCES: tuple[Source, ...] = (
    competent.SOURCE,
    vks.SOURCE,
    dossier.SOURCE,
    werkboek.SOURCE,
    rome.SOURCE,
    esco.SOURCE,
    rncp.SOURCE,
    crosswalks.SOURCE,
    sssom.SOURCE,
    leermiddelen.SOURCE,
)
"""Every source that `leerbrug build` knows. Where two name the same thing, the earlier one gives it its name: a profile
is Competent's own, a qualification is as the APIs of the government give it, and a workbook is a proposal."""
