"""References to Competent, normalised: the one place where `18111-c`, `SK-…-c`, `KN-…-c` and `co nnnnn` get their form.

Source of the rules: algorithms.md §2.9a. What a source wrote is kept beside it, and each repair is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from ..graph.names import Names, concept
from ..graph.statements import Finding, Place, Said, Severity, Statement, text
from ..graph.vocabulary import LEER, RDF, SKOS

_FORM = re.compile(r"(?:(SK|KN)-)?(\d+)(-c)?|co ?(\d+)|\(?id +(\d+)\)?", re.IGNORECASE)

SOORTEN = {"SK": "vaardigheid", "KN": "kennis", "": "activiteit", "co": "dossier"}
"""The prefix of a reference -> what it refers to: a skill, knowledge, an activity, or a competence of a dossier."""

HERSTEL = {
    "blanco": ("overbodige blanco's weggelaten", "needless blanks left out"),
    "achtervoegsel": ("het ontbrekende '-c' toegevoegd", "the missing '-c' added"),
    "nullen": (
        "te weinig cijfers (mogelijk afgekapt): met nullen aangevuld tot vijf",
        "too few digits (truncated, perhaps): padded with zeros to five",
    ),
    "schrijfwijze": ("hoofdletters of blanco rechtgezet", "case or blank set right"),
    "decreet": (
        "de schrijfwijze van de besluiten van 2012 omgezet in een nummer van Competent",
        "the notation of the decrees of 2012 turned into a number of Competent",
    ),
    "leeg": ("er staat geen nummer: niet gebruikt", "there is no number: not used"),
    "onleesbaar": ("geen bekende vorm: niet gebruikt", "not a known form: not used"),
}
"""What was done to a reference, in Dutch and English."""


@dataclass(frozen=True, slots=True)
class Referentie:
    """A reference as written (`tekst`) and normalised (`code`, empty when it cannot be used), with its repairs."""

    tekst: str
    code: str
    soort: str = ""
    herstel: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def normaliseer(tekst: str) -> Referentie:
    """The normal form of a reference.

    Trims; folds blanks; a bare number or SK/KN number gets its `-c`; `co` keeps its digits, padded to five when there
    are fewer; a bare `-c` and what has no known form are dropped, never guessed.

    >>> normaliseer("18111-c").code, normaliseer("SK-319").code, normaliseer("co  0171").code
    ('18111-c', 'SK-319-c', 'co 00171')
    >>> normaliseer("-c").herstel
    ('leeg',)
    """
    herstel = []
    if (kort := " ".join(tekst.split())) != tekst:
        herstel.append("blanco")
    if kort in ("", "-c"):
        return Referentie(tekst, "", "", (*herstel, "leeg"))
    if (form := _FORM.fullmatch(kort)) is None:
        return Referentie(tekst, "", "", (*herstel, "onleesbaar"))
    prefix, digits, suffix, dossier, decreet = form.groups()
    if decreet is not None:
        return Referentie(tekst, f"{decreet}-c", SOORTEN[""], (*herstel, "decreet"))
    if dossier is not None:
        soort, code = "co", f"co {dossier.zfill(5)}"
        herstel += ["nullen"] * (len(dossier) < 5)
        expected = f"co {dossier}"
    else:
        soort = (prefix or "").upper()
        code = f"{soort}-{digits}-c".removeprefix("-")
        herstel += ["achtervoegsel"] * (suffix is None)
        expected = code if suffix else code.removesuffix("-c")
    herstel += ["schrijfwijze"] * (kort != expected)
    return Referentie(tekst, code, SOORTEN[soort], tuple(herstel))


def zeg_referentie(subject: NamedNode, tekst: str, names: Names, place: Place, spot: str) -> Iterator[Said]:
    """Say that a thing carries a reference: as written always, normalised where it can be used; repairs as findings."""
    yield Statement(subject, LEER.referentietekst, Literal(tekst), spot)
    referentie = normaliseer(tekst)
    yield from herstellingen(referentie, subject, place.at(spot))
    if referentie.code:
        yield Statement(subject, LEER.referentie, knoop(referentie, names), spot)
        yield from zeg_knoop(referentie, names, spot)


def knoop(referentie: Referentie, names: Names) -> NamedNode:
    """The IRI of a usable reference: what Competent publishes under that number, and what dossiers point at."""
    return names.iri("referentie", referentie.code.replace(" ", "-"))


def zeg_knoop(referentie: Referentie, names: Names, spot: str = "") -> Iterator[Said]:
    """Say what the reference itself is."""
    node = knoop(referentie, names)
    yield Statement(node, RDF.type, LEER.Referentie, spot)
    yield Statement(node, LEER.code, Literal(referentie.code), spot)
    yield Statement(node, SKOS.prefLabel, text(referentie.code), spot)
    yield Statement(node, LEER.referentiesoort, concept("referentiesoort", referentie.soort), spot)


def herstellingen(referentie: Referentie, subject: NamedNode, place: Place) -> Iterator[Finding]:
    """One finding for each repair."""
    for soort in referentie.herstel:
        yield _repair(referentie, soort, subject, place)


def _repair(referentie: Referentie, soort: str, subject: NamedNode, place: Place) -> Finding:
    nl, en = HERSTEL[soort]
    message = {"nl": f"Referentie {referentie.tekst!r}: {nl}.", "en": f"Reference {referentie.tekst!r}: {en}."}
    remedy = {"nl": "Verbeter de referentie in de bron.", "en": "Correct the reference in the source."}
    return Finding(
        f"loader/referentie-{soort}", Severity.WARNING, place, message, subject.value, referentie.tekst, remedy
    )
