"""Classifications that dossiers and recognitions share: ISCED-F, LED subjects and domains."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement, text
from ...graph.vocabulary import LEER, RDF, SKOS
from .answers import Code, Isced, LedOnderwerp
from .dossiers import Domein
from .speaking import Speaker, Veld, words
from .wording import slug

ISCED = "http://data.europa.eu/snb/isced-f/"

LED: tuple[Veld, ...] = (
    ("led_onderwerp_nummer", LEER.ledOnderwerp, Literal),
    ("code", LEER.ledCode, Literal),
    ("omschrijving", LEER.ledOmschrijving, words),
)


def zeg_led(node: NamedNode, led: LedOnderwerp | None, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the subject under which the leer- en ervaringsbewijzendatabank files a thing."""
    if led is not None:
        yield from speaker.fields(node, led, LED, at)


def zeg_isced(node: NamedNode, isced: Isced | None, at: str) -> Iterator[Said]:
    """Say the ISCED-F field of a thing, and the fields it lies in, under their European IRIs (domain.md §7.1)."""
    fields = isced.studiegebieden if isced is not None else None
    broader: NamedNode | None = None
    for depth in ("broad", "narrow", "detail") if fields is not None else ():
        code: Code | None = getattr(fields, depth)
        if code is not None and code.code:
            spot = f"{at}/{depth}"
            field = NamedNode(f"{ISCED}{code.code}")
            yield Statement(field, RDF.type, SKOS.Concept, spot)
            yield Statement(field, SKOS.notation, Literal(code.code), spot)
            if code.omschrijving:
                yield Statement(field, SKOS.prefLabel, text(code.omschrijving.strip(), "en"), spot)
            if broader is not None:
                yield Statement(field, SKOS.broader, broader, spot)
            broader = field
    if broader is not None:
        yield Statement(node, LEER.iscedDetail, broader, at)


def zeg_domein(node: NamedNode, domein: Domein, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the domain of a thing and the path to it; a path of one step where the source gives only a name."""
    path = [step.domein for step in domein.pad] or ([domein.domein] if domein.domein else [])
    paden = _paden(path)
    for pad in paden:
        yield from _zeg_pad(node, pad, speaker, at)
    if len(paden) > 1:
        nl = f"Dit pad ({' > '.join(path)}) is {len(paden)} paden achter elkaar: ze zijn uit elkaar gehaald."
        en = f"This path ({' > '.join(path)}) is {len(paden)} paths in one: they have been taken apart."
        yield speaker.finding("paden-aaneen", f"{at}/pad", nl, en, node, " > ".join(path))
    if domein.pad_tekst and " > ".join(path) != domein.pad_tekst:
        nl = f"De tekst van het pad ({domein.pad_tekst}) wijkt af van de stappen: de stappen gelden."
        en = f"The text of the path ({domein.pad_tekst}) differs from its steps: the steps hold."
        yield speaker.finding("pad-wijkt-af", f"{at}/pad_tekst", nl, en, node, domein.pad_tekst)


def _paden(stappen: list[str]) -> list[list[tuple[int, str]]]:
    """The paths in a path, each step with its place: where "; " stands in a step, one ends and the next begins.

    >>> _paden(["Hout", "Schrijnwerk; Voeding", "Productie"])
    [[(0, 'Hout'), (1, 'Schrijnwerk')], [(1, 'Voeding'), (2, 'Productie')]]
    """
    paden: list[list[tuple[int, str]]] = []
    for plaats, stap in enumerate(stappen):
        einde, *begin = stap.split("; ")
        if not paden:
            paden.append([])
        paden[-1].append((plaats, einde))
        paden += [[(plaats, eerste)] for eerste in begin]
    return paden


def _zeg_pad(node: NamedNode, pad: list[tuple[int, str]], speaker: Speaker, at: str) -> Iterator[Said]:
    parent: NamedNode | None = None
    for depth, (plaats, naam) in enumerate(pad, 1):
        spot = f"{at}/pad/{plaats}"
        parts = slug(*(stap for _, stap in pad[:depth]))
        here = speaker.names.iri("domein", *parts)
        yield from speaker.thing(here, LEER.Domein, "/".join(parts), spot)
        yield from speaker.label(here, naam, spot)
        yield Statement(here, LEER.volgnummer, Literal(depth), spot)
        if parent is not None:
            yield Statement(here, LEER.deelVan, parent, spot)
        parent = here
    if parent is not None:
        yield Statement(node, LEER.domein, parent, at)
