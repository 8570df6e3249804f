"""What a row says, in the words of the ontology: the same terms and names as the loader of the VKS gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode

from ...graph.names import Names, concept
from ...graph.statements import Said, Statement, text
from ...graph.vocabulary import LEER, RDF, SKOS, XSD
from ..referenties import zeg_referentie
from ..vks.wording import slug
from .read import Opmerking, Rij
from .remarks import remark
from .sheets import (
    BLAD_VAN,
    Competentie,
    Deelkwalificatie,
    Kennis,
    Kwalificatie,
    Leerplan,
    Leerplandoel,
    Soort,
    Vaardigheid,
)

TEKSTEN = {
    Kwalificatie: {
        "titel": SKOS.prefLabel,
        "toelichting": LEER.titelToelichting,
        "definitie": LEER.definitie,
        "omschrijving": LEER.omschrijvingKort,
    },
    Competentie: {"tekst": SKOS.prefLabel},
    Kennis: {"tekst": SKOS.prefLabel},
    Vaardigheid: {"tekst": SKOS.prefLabel},
    Deelkwalificatie: {"titel": SKOS.prefLabel},
    Leerplan: {"titel": SKOS.prefLabel},
    Leerplandoel: {"tekst": SKOS.prefLabel},
}
"""The fields that are a Dutch text, and the property that says them."""

KEUZES = {
    Kwalificatie: {"niveau": LEER.vksNiveau, "status": LEER.status},
    Kennis: {"diepte": LEER.kennisdiepte},
    Vaardigheid: {"soort": LEER.vaardigheidssoort},
}
"""The fields that are a concept of a code list."""

DATUMS = {
    "erkenningsdatum": LEER.erkenningsdatum,
    "begindatum": LEER.begindatum,
    "einddatum": LEER.einddatum,
}
"""The fields that are a day."""


def said(record: Rij | Opmerking, names: Names) -> Iterator[Said]:
    """The statements of one row, each with its cell, or the finding of a remark.

    Its class comes first: the cell of its code is where what is missing about it is shown.
    """
    if isinstance(record, Opmerking):
        yield record.finding
        return
    node = thing(record.inhoud, names)
    yield from _OWN[type(record.inhoud)](record, node, names)
    yield from _plain(record, node)


def thing(inhoud: Any, names: Names) -> NamedNode:
    """The name of what a row is about.

    >>> thing(Kennis(hoort_bij="bkc0044869", nr=2, tekst="Frans"), Names()).value
    'https://w3id.org/leerbrug/id/kennis/bkc0044869-2'
    """
    if isinstance(inhoud, Kennis | Vaardigheid):
        return names.iri(type(inhoud).__name__.lower(), f"{inhoud.hoort_bij}-{inhoud.nr}")
    if isinstance(inhoud, Leerplandoel):
        return names.iri("leerplandoel", inhoud.leerplan, str(inhoud.nr))
    if isinstance(inhoud, Kwalificatie):
        return names.versie(inhoud.code)
    return names.iri(type(inhoud).__name__.lower(), inhoud.code)


def kwalificatie(code: str, names: Names) -> NamedNode:
    """The name of a qualification by its code: a part, a version, or the line of versions.

    >>> kwalificatie("BK-0130-5-DBK-01", Names()).value.rpartition("/id/")[2]
    'deelkwalificatie/BK-0130-5-DBK-01'
    """
    if "-DBK-" in code:
        return names.iri("deelkwalificatie", code)
    return names.versie(code) if code.count("-") == 2 else names.iri("beroepskwalificatie", code)


def _plain(rij: Rij, node: NamedNode) -> Iterator[Statement]:
    """The fields that are one text, one concept or one day."""
    kind = type(rij.inhoud)
    for veld, predicate in TEKSTEN[kind].items():
        if value := getattr(rij.inhoud, veld):
            yield Statement(node, predicate, text(value), rij.cel(veld))
    for kolom in BLAD_VAN[kind].kolommen:
        value = getattr(rij.inhoud, kolom.veld)
        if kolom.soort is Soort.KEUZE and value:
            predicate = KEUZES[kind][kolom.veld]
            yield Statement(node, predicate, concept(kolom.lijst, value), rij.cel(kolom.veld))
        elif kolom.soort is Soort.DATUM and value:
            yield Statement(node, DATUMS[kolom.veld], _day(value), rij.cel(kolom.veld))


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=XSD.date)


def _is(node: NamedNode, kind: NamedNode, code: str, spot: str) -> Iterator[Statement]:
    yield Statement(node, RDF.type, kind, spot)
    yield Statement(node, LEER.code, Literal(code), spot)


def _kwalificatie(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
    inhoud: Kwalificatie = rij.inhoud  # type: ignore[assignment]
    spot = rij.cel("code")
    number, _, version = inhoud.code.rpartition("-")
    line = names.iri("beroepskwalificatie", number)
    yield from _is(node, LEER.Beroepskwalificatieversie, inhoud.code, spot)
    yield Statement(node, LEER.versieVan, line, spot)
    yield Statement(node, LEER.versienummer, Literal(int(version)), spot)
    yield from _is(line, LEER.Beroepskwalificatie, number, spot)
    yield Statement(line, SKOS.prefLabel, text(inhoud.titel), rij.cel("titel"))
    yield Statement(node, LEER.titel, Literal(inhoud.titel), rij.cel("titel"))
    for synoniem in inhoud.synoniemen:
        for predicate in (LEER.synoniem, SKOS.altLabel):
            yield Statement(node, predicate, text(synoniem), rij.cel("synoniemen"))
    for code in inhoud.competentprofielen:
        profiel = names.iri("beroepscompetentieprofiel", code)
        yield Statement(node, LEER.competentprofiel, profiel, rij.cel("competentprofielen"))
    for pad in inhoud.domeinen:
        yield from _domein(rij, node, pad, names)


def _domein(rij: Rij, node: NamedNode, pad: str, names: Names) -> Iterator[Said]:
    spot = rij.cel("domeinen")
    steps = [step.strip() for step in pad.split(" > ")]
    if not all(slug(*steps)):
        yield remark("domein", rij.place.at(spot), value=pad, subject=node.value)
        return
    for depth, step in enumerate(steps, 1):
        parts = slug(*steps[:depth])
        here = names.iri("domein", *parts)
        yield from _is(here, LEER.Domein, "/".join(parts), spot)
        yield Statement(here, SKOS.prefLabel, text(step), spot)
        yield Statement(here, LEER.volgnummer, Literal(depth), spot)
        if depth > 1:
            yield Statement(here, LEER.deelVan, names.iri("domein", *parts[:-1]), spot)
    yield Statement(node, LEER.domein, names.iri("domein", *slug(*steps)), spot)


def _competentie(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
    inhoud: Competentie = rij.inhoud  # type: ignore[assignment]
    yield from _is(node, LEER.Competentie, inhoud.code, rij.cel("code"))
    yield Statement(node, LEER.volgnummer, Literal(inhoud.nr), rij.cel("nr"))
    versie = names.versie(inhoud.kwalificatie)
    yield Statement(versie, LEER.heeftCompetentie, node, rij.cel("kwalificatie"))
    yield Statement(node, LEER.competentieVan, versie, rij.cel("kwalificatie"))
    if inhoud.soort:
        yield Statement(node, LEER.competentietype, Literal(inhoud.soort), rij.cel("soort"))
    for referentie in inhoud.referenties:
        yield from zeg_referentie(node, referentie, names, rij.place, rij.cel("referenties"))


def _item(kind: NamedNode, link: NamedNode) -> Callable[[Rij, NamedNode, Names], Iterator[Said]]:
    def say(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
        inhoud: Kennis | Vaardigheid = rij.inhoud  # type: ignore[assignment]
        code = f"{inhoud.hoort_bij}-{inhoud.nr}"
        yield from _is(node, kind, code, rij.cel("nr"))
        yield Statement(node, LEER.volgnummer, Literal(inhoud.nr), rij.cel("nr"))
        bij = inhoud.hoort_bij
        owner = names.versie(bij) if bij.startswith("BK-") else names.iri("competentie", bij)
        yield Statement(owner, link, node, rij.cel("hoort_bij"))

    return say


def _deelkwalificatie(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
    inhoud: Deelkwalificatie = rij.inhoud  # type: ignore[assignment]
    yield from _is(node, LEER.Deelkwalificatie, inhoud.code, rij.cel("code"))
    yield Statement(node, LEER.titel, Literal(inhoud.titel), rij.cel("titel"))
    versie = names.versie(inhoud.kwalificatie)
    yield Statement(versie, LEER.heeftDeelkwalificatie, node, rij.cel("kwalificatie"))
    yield Statement(node, LEER.deelVan, versie, rij.cel("kwalificatie"))
    for code in inhoud.competenties:
        yield Statement(node, LEER.heeftCompetentie, names.iri("competentie", code), rij.cel("competenties"))


def _leerplan(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
    inhoud: Leerplan = rij.inhoud  # type: ignore[assignment]
    yield from _is(node, LEER.Leerplan, inhoud.code, rij.cel("code"))
    if inhoud.structuuronderdeel:
        programma = names.iri("structuuronderdeel", inhoud.structuuronderdeel)
        yield Statement(node, LEER.leerplanVoor, programma, rij.cel("structuuronderdeel"))
    for code in inhoud.kwalificaties:
        yield Statement(node, LEER.leerplanVoor, kwalificatie(code, names), rij.cel("kwalificaties"))


def _leerplandoel(rij: Rij, node: NamedNode, names: Names) -> Iterator[Said]:
    inhoud: Leerplandoel = rij.inhoud  # type: ignore[assignment]
    yield from _is(node, LEER.Leerplandoel, f"{inhoud.leerplan}/{inhoud.nr}", rij.cel("nr"))
    yield Statement(node, LEER.volgnummer, Literal(inhoud.nr), rij.cel("nr"))
    leerplan = names.iri("leerplan", inhoud.leerplan)
    yield Statement(leerplan, LEER.heeftDeel, node, rij.cel("leerplan"))
    yield Statement(node, LEER.deelVan, leerplan, rij.cel("leerplan"))
    for veld, kind in (("competenties", "competentie"), ("onderwijsdoelen", "onderwijsdoel")):
        for code in getattr(inhoud, veld):
            for subject in (node, leerplan):
                yield Statement(subject, LEER.behandelt, names.iri(kind, code), rij.cel(veld))


_OWN: dict[type[Any], Callable[[Rij, NamedNode, Names], Iterator[Said]]] = {
    Kwalificatie: _kwalificatie,
    Competentie: _competentie,
    Kennis: _item(LEER.Kennis, LEER.heeftKennis),
    Vaardigheid: _item(LEER.Vaardigheid, LEER.heeftVaardigheid),
    Deelkwalificatie: _deelkwalificatie,
    Leerplan: _leerplan,
    Leerplandoel: _leerplandoel,
}
