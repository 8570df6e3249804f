"""From graph to Catalogus: the Flemish qualifications, programmes and recognitions, read by SPARQL.

Nothing is computed here that the graph does not say, and nothing is guessed: a link to a thing without a code is left
out, a code list gives its code, a text is the Dutch one where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from .catalogus import Catalogus, Erkenning, Geldigheid, Kwalificatie, Kwalificatiesoort, Mappingbesluit, Programma
from .catalogus_competenties import competenties_by_iri
from .catalogus_erkenningen import Erkenninglezer
from .knowledge_graph import KnowledgeGraph
from .things import Thing, codes_of, known, local, things
from .vocabulary import LEER, SKOS

_Row = TypeVar("_Row", Kwalificatie, Programma, Erkenning)


def catalogus(graph: KnowledgeGraph, release: int) -> Catalogus:
    """The catalogue of one release, from its graph."""
    reader = _Reader(graph)
    return Catalogus(
        release=release,
        basis=graph.names.base,
        kwalificaties=_by_code([*reader.versies(), *reader.delen()]),
        programmas=_by_code(reader.programmas()),
        erkenningen=_by_code(reader.erkenningen()),
        mappings=tuple(mappings(graph)),
    )


def _by_code(rows: Iterable[_Row]) -> dict[str, _Row]:
    return {row.code: row for row in sorted(rows, key=lambda row: row.code)}


def geldigheid(thing: Thing) -> Geldigheid:
    """From its begin, or its recognition where no begin is said, until its end."""
    return Geldigheid(thing.day(LEER.begindatum) or thing.day(LEER.erkenningsdatum), thing.day(LEER.einddatum))


class _Reader:
    """Reads each class once, when it is first needed."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._lijnen = things(graph, LEER.Beroepskwalificatie)
        self._versies = things(graph, LEER.Beroepskwalificatieversie)
        self._delen = things(graph, LEER.Deelkwalificatie)
        self._programmas = things(graph, LEER.Structuuronderdeel)
        self._erkenningen = things(graph, LEER.Erkenning)
        self._competenties = competenties_by_iri(graph)
        self._codes = codes_of(self._versies, self._delen, self._lijnen, self._programmas, self._erkenningen)

    @cached_property
    def _namen(self) -> dict[str, str]:
        """Names of what a qualification points at and that has no code to know it by."""
        pointed = things(self._graph, LEER.Attest, LEER.Domein)
        return {iri: thing.text(SKOS.prefLabel) for iri, thing in pointed.items()}

    @cached_property
    def _profielen(self) -> dict[str, str]:
        return codes_of(things(self._graph, LEER.Beroepscompetentieprofiel))

    @cached_property
    def _nieuwste(self) -> dict[str, str]:
        """The code of the newest version of each line, by the IRI of the line."""
        newest: dict[str, tuple[int, str]] = {}
        for thing in self._versies.values():
            rank = (thing.number(LEER.versienummer) or 0, thing.text(LEER.code))
            line = thing.text(LEER.versieVan)
            newest[line] = max(rank, newest.get(line, rank))
        return {line: code for line, (_, code) in newest.items()}

    def versies(self) -> Iterator[Kwalificatie]:
        """Every version of every beroepskwalificatie."""
        for thing in self._versies.values():
            line = thing.text(LEER.versieVan)
            yield Kwalificatie(
                soort=Kwalificatiesoort.BEROEPSKWALIFICATIE,
                reeks=self._codes.get(line, ""),
                versie=thing.number(LEER.versienummer) or 0,
                nieuwste=self._nieuwste[line],
                niveau=_niveau(thing),
                deelkwalificaties=known(self._codes, thing.texts(LEER.heeftDeelkwalificatie)),
                attesten=known(self._namen, thing.texts(LEER.vereistAttest)),
                synoniemen=thing.texts(LEER.synoniem),
                domeinen=known(self._namen, thing.texts(LEER.domein)),
                competentprofiel=next(iter(known(self._profielen, thing.texts(LEER.competentprofiel))), ""),
                **self._shared(thing),
            )

    def delen(self) -> Iterator[Kwalificatie]:
        """Every deelkwalificatie; its level and line are those of the version that it is a part of."""
        for thing in self._delen.values():
            whole = self._versies.get(thing.text(LEER.deelVan), thing)
            line = whole.text(LEER.versieVan)
            yield Kwalificatie(
                soort=Kwalificatiesoort.DEELKWALIFICATIE,
                reeks=self._codes.get(line, ""),
                versie=whole.number(LEER.versienummer) or 0,
                nieuwste=thing.text(LEER.code),
                niveau=_niveau(thing),
                deel_van=self._codes.get(whole.iri, "") if whole is not thing else "",
                **self._shared(thing),
            )

    def _shared(self, thing: Thing) -> dict[str, Any]:
        found = (self._competenties[iri] for iri in thing.texts(LEER.heeftCompetentie) if iri in self._competenties)
        competenties = tuple(sorted(found, key=lambda competentie: (competentie.nr, competentie.code)))
        return {
            "iri": thing.iri,
            "code": thing.text(LEER.code),
            "naam": thing.labels(SKOS.prefLabel),
            "geldigheid": geldigheid(thing),
            "competenties": competenties,
            "volledig_geladen": bool(competenties),
        }

    def programmas(self) -> Iterator[Programma]:
        """Every structuuronderdeel; what it does not say of its place in education is what its group says."""
        groepen = things(self._graph, LEER.Structuuronderdeelgroep)
        volgorde = {iri: (thing.number(LEER.versienummer) or 0, iri) for iri, thing in self._erkenningen.items()}
        for thing in self._programmas.values():
            groep = groepen.get(thing.text(LEER.groep), Thing(""))
            place = {name: thing.concept(LEER[name]) or groep.concept(LEER[name]) for name in _PLACE}
            erkenningen = sorted(
                filter(volgorde.__contains__, thing.texts(LEER.heeftErkenning)), key=volgorde.__getitem__
            )
            yield Programma(
                iri=thing.iri,
                code=thing.text(LEER.code),
                titel=thing.text(SKOS.prefLabel),
                groep=groep.text(LEER.code),
                zevende=thing.concept(LEER.soortZevendeLeerjaar) or groep.concept(LEER.soortZevendeLeerjaar),
                duaal=thing.holds(LEER.duaal),
                aanloop=thing.holds(LEER.aanloop),
                leerjaren=len(thing.texts(LEER.heeftLeerjaar)),
                geldigheid=geldigheid(thing),
                stelsels=thing.concepts(LEER.onderwijsstelsel),
                voorbereidend=known(self._codes, thing.texts(LEER.voorbereidend)),
                vervolg=known(self._codes, thing.texts(LEER.vervolg)),
                voorgangers=known(self._codes, thing.texts(LEER.voorganger)),
                opvolgers=known(self._codes, thing.texts(LEER.opvolger)),
                erkenningen=tuple(self._codes[iri] for iri in erkenningen),
                **place,
            )

    def erkenningen(self) -> Iterator[Erkenning]:
        """Every recognition, in full."""
        lezer = Erkenninglezer(self._graph, self._codes)
        return (lezer.erkenning(thing, geldigheid(thing)) for thing in self._erkenningen.values())


_PLACE = ("graad", "finaliteit", "onderwijsvorm", "opleidingsvorm", "studiedomein")


def _niveau(thing: Thing) -> int | None:
    level = thing.concept(LEER.vksNiveau)
    return int(level) if level else None


def mappings(graph: KnowledgeGraph) -> Iterator[Mappingbesluit]:
    """Every recorded decision that relates two items, in order of IRI."""
    for thing in things(graph, LEER.Mapping).values():
        yield Mappingbesluit(
            iri=thing.iri,
            van=thing.text(LEER.mappingSubject),
            predicaat=thing.concept(LEER.mappingPredicaat),
            naar=thing.text(LEER.mappingObject),
            auteur=thing.text(LEER.mappingAuteur),
            datum=thing.day(LEER.mappingDatum),
            rechtvaardiging=local(thing.text(LEER.rechtvaardiging)),
            ontkend=thing.holds(LEER.ontkend),
        )
