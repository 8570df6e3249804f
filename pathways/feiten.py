"""The triples that an answer uses, as the graph says them, so that anyone can ask the graph for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from ..graph.catalogus import Competentie, Erkenning, Kwalificatie, Kwalificatiesoort, Mappingbesluit
from ..graph.names import Names, concept
from ..graph.vocabulary import LEER, SKOS


class Feit(msgspec.Struct, frozen=True):
    """One triple; the object is an IRI, or the text of a literal where `letterlijk` says so."""

    subject: str
    predicate: str
    object: str
    letterlijk: bool = False


def heeft_competentie(kwalificatie: Kwalificatie, competentie: str) -> Feit:
    """That a qualification has a competence; a standard from elsewhere has essential items, or blocks (RNCP)."""
    if kwalificatie.soort is Kwalificatiesoort.RNCP:
        return Feit(competentie, LEER.deelVan.value, kwalificatie.iri)
    vlaams = (Kwalificatiesoort.BEROEPSKWALIFICATIE, Kwalificatiesoort.DEELKWALIFICATIE)
    predicate = LEER.heeftCompetentie if kwalificatie.soort in vlaams else LEER.heeftEssentieelItem
    return Feit(kwalificatie.iri, predicate.value, competentie)


def heeft_tekst(competentie: str, tekst: str) -> Feit:
    """The wording of a competence."""
    return Feit(competentie, SKOS.prefLabel.value, tekst, letterlijk=True)


def heeft_referenties(names: Names, competentie: str, referenties: Iterable[str]) -> Iterator[Feit]:
    """The references of a competence; an item of Competent is its own, and says so by its code."""
    for referentie in referenties:
        iri = names.iri("referentie", referentie.replace(" ", "-")).value
        if iri == competentie:
            yield Feit(competentie, LEER.code.value, referentie, letterlijk=True)
        else:
            yield Feit(competentie, LEER.referentie.value, iri)


def heeft_kennis(competentie: Competentie) -> Iterator[Feit]:
    """The knowledge items of a competence."""
    for item in competentie.kennis:
        yield Feit(competentie.iri, LEER.heeftKennis.value, item.iri)


def bevat(erkenning: Erkenning, kwalificatie: Kwalificatie, *, volledig: bool) -> Feit:
    """That a recognition contains a BK or DBK, in full or in part."""
    predicate = LEER.bevatVolledig if volledig else LEER.bevatGedeeltelijk
    return Feit(erkenning.iri, predicate.value, kwalificatie.iri)


def deel_van(deel: Kwalificatie, geheel: Kwalificatie) -> Feit:
    """That a DBK is a part of a BK version."""
    return Feit(deel.iri, LEER.deelVan.value, geheel.iri)


def geldig_tussen(iri: str, van: date | None, tot: date | None) -> Iterator[Feit]:
    """The dates between which a thing holds."""
    for predicate, dag in ((LEER.begindatum, van), (LEER.einddatum, tot)):
        if dag:
            yield Feit(iri, predicate.value, dag.isoformat(), letterlijk=True)


def instap(erkenning: Erkenning) -> Iterator[Feit]:
    """The flexible entry of a recognition and its rule, where it has one."""
    if erkenning.instap:
        yield Feit(erkenning.iri, LEER.flexibeleInstap.value, erkenning.instap.iri)
        if erkenning.instap.regel:
            regel = concept("instapregel", erkenning.instap.regel).value
            yield Feit(erkenning.instap.iri, LEER.instapregel.value, regel)


def besluit(mapping: Mappingbesluit) -> Iterator[Feit]:
    """The recorded decision that a verdict rests on."""
    yield Feit(mapping.iri, LEER.mappingSubject.value, mapping.van)
    yield Feit(mapping.iri, LEER.mappingObject.value, mapping.naar)
    predicaat = LEER.deelVan if mapping.predicaat == "deelVan" else SKOS[mapping.predicaat]
    yield Feit(mapping.iri, LEER.mappingPredicaat.value, predicaat.value)
