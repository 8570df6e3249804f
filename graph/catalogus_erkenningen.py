"""Recognitions for the catalogue: what they contain, award and ask."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from .catalogus import Contexten, Contract, Erkenning, Geldigheid, Instap, Studiebewijs, Traject
from .knowledge_graph import KnowledgeGraph
from .things import Thing, known, local, things
from .vocabulary import LEER, RDF, SKOS

STUDIEBEWIJZEN = (
    LEER.BewijsVanBeroepskwalificatie,
    LEER.BewijsVanDeelkwalificatie,
    LEER.BewijsVanCompetenties,
    LEER.BewijsBasisvorming,
    LEER.Diploma,
    LEER.Getuigschrift,
    LEER.Certificaat,
    LEER.Onderwijskwalificatie,
    LEER.Studiebewijs,
)
"""The kinds of studiebewijs, the most particular first: one of several kinds is shown as the first."""

TRAJECTEN = (LEER.Standaardtraject, LEER.Opleidingsprofiel, LEER.Curriculumdossier, LEER.Traject)


def _soort(thing: Thing, kinds: tuple[NamedNode, ...]) -> str:
    own = thing.texts(RDF.type)
    return next((local(kind.value) for kind in kinds if kind.value in own), "")


class Erkenninglezer:
    """Reads what recognitions point at once, and then each recognition; `codes` knows every qualification."""

    def __init__(self, graph: KnowledgeGraph, codes: Mapping[str, str]) -> None:
        self._codes = codes
        self._bewijzen = things(graph, *STUDIEBEWIJZEN)
        self._contracten = things(graph, LEER.Arbeidsovereenkomst)
        self._instappen = things(graph, LEER.FlexibeleInstap)
        self._contexten = things(graph, LEER.VerplichteContexten)
        self._trajecten = things(graph, *TRAJECTEN)
        certificaten = things(graph, LEER.Certificaat)
        self._certificaten = {iri: thing.text(SKOS.prefLabel) for iri, thing in certificaten.items()}
        voorwaarden = things(graph, LEER.Toelatingsvoorwaarde)
        self._voorwaarden = {iri: thing.text(SKOS.prefLabel) for iri, thing in voorwaarden.items()}

    def erkenning(self, thing: Thing, geldigheid: Geldigheid) -> Erkenning:
        """One recognition."""
        instap = self._instappen.get(thing.text(LEER.flexibeleInstap))
        contract = self._contracten.get(thing.text(LEER.contract))
        contexten = self._contexten.get(thing.text(LEER.verplichteContexten))
        return Erkenning(
            iri=thing.iri,
            code=thing.text(LEER.code),
            versie=thing.text(LEER.versiecode),
            programma=self._codes.get(thing.text(LEER.erkenningVan), ""),
            status=thing.concept(LEER.status),
            geldigheid=geldigheid,
            volledig=known(self._codes, thing.texts(LEER.bevatVolledig)),
            gedeeltelijk=known(self._codes, thing.texts(LEER.bevatGedeeltelijk)),
            studiebewijzen=tuple(
                self._studiebewijs(self._bewijzen[iri]) for iri in thing.texts(LEER.verleent) if iri in self._bewijzen
            ),
            contract=_contract(contract) if contract else None,
            instap=self._instap(instap) if instap else None,
            contexten=_contexten(contexten) if contexten else None,
            trajecten=tuple(
                _traject(self._trajecten[iri]) for iri in thing.texts(LEER.heeftTraject) if iri in self._trajecten
            ),
            toelatingsvoorwaarden=known(self._voorwaarden, thing.texts(LEER.toelatingsvoorwaarde)),
        )

    def _studiebewijs(self, thing: Thing) -> Studiebewijs:
        return Studiebewijs(
            iri=thing.iri,
            naam=thing.text(SKOS.prefLabel),
            soort=_soort(thing, STUDIEBEWIJZEN),
            maximaal=thing.holds(LEER.maximaal),
            van=next(iter(known(self._codes, thing.texts(LEER.bewijsVan))), ""),
            ok_niveau=_number(thing.concept(LEER.okNiveau).removeprefix("OK")),
            bk_niveau=_number(thing.concept(LEER.vksNiveau)),
        )

    def _instap(self, thing: Thing) -> Instap:
        return Instap(
            iri=thing.iri,
            regel=thing.concept(LEER.instapregel),
            bewijzen=known(self._codes, thing.texts(LEER.viaBewijs)),
            onbekend=thing.texts(LEER.viaOnbekendBewijs),
            certificaten=known(self._certificaten, thing.texts(LEER.viaCertificaat)),
        )


def _number(code: str) -> int | None:
    return int(code) if code else None


def _contract(thing: Thing) -> Contract:
    return Contract(
        soort=thing.concept(LEER.contractsoort),
        werkplekcomponent=thing.concept(LEER.werkplekcomponent),
        uren_min=thing.number(LEER.urenMin),
        uren_max=thing.number(LEER.urenMax),
        omschrijving=thing.text(LEER.omschrijving),
    )


def _contexten(thing: Thing) -> Contexten:
    regel = thing.concept(LEER.contextregel)
    return Contexten(regel, thing.number(LEER.aantal) or 0, thing.texts(LEER.contextnaam))


def _traject(thing: Thing) -> Traject:
    return Traject(
        iri=thing.iri,
        code=thing.text(LEER.code),
        soort=_soort(thing, TRAJECTEN),
        type=thing.concept(LEER.trajecttype),
        naam=thing.text(SKOS.prefLabel),
    )
