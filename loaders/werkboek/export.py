"""From a graph back to the rows of a werkboek: what a release says of a qualification or a leerplan.

Only what sources say is read, never what was inferred from it. What the sheets have no column for stays in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import NamedNode

from ...errors import UnknownCodeError
from ...graph.bindings import Binding
from ...graph.knowledge_graph import KnowledgeGraph
from ...graph.things import Thing, local
from ...graph.vocabulary import LEER, SKOS
from .cells import nearest
from .grid import canonical
from .said import kwalificatie
from .sheets import Competentie, Deelkwalificatie, Inhoud, Kennis, Kwalificatie, Leerplan, Leerplandoel, Vaardigheid

_ABOUT = "SELECT ?owner ?p ?o WHERE { GRAPH ?g { ?owner ?p ?o } FILTER (?g != ?derived) }"
_PARTS = """SELECT ?thing ?owner ?p ?o WHERE {
  GRAPH ?g { ?owner ?link ?thing } FILTER (?g != ?derived)
  GRAPH ?h { ?thing ?p ?o } FILTER (?h != ?derived)
} ORDER BY ?thing"""
_UNDER = """SELECT ?thing ?owner ?p ?o WHERE {
  GRAPH ?f { ?versie leer:heeftCompetentie ?owner } FILTER (?f != ?derived)
  GRAPH ?g { ?owner ?link ?thing } FILTER (?g != ?derived)
  GRAPH ?h { ?thing ?p ?o } FILTER (?h != ?derived)
} ORDER BY ?thing"""
_PATHS = """SELECT DISTINCT ?domein ?depth ?label WHERE {
  GRAPH ?g { ?versie leer:domein ?domein } FILTER (?g != ?derived)
  ?domein leer:deelVan* ?step . ?step leer:volgnummer ?depth ; skos:prefLabel ?label .
} ORDER BY ?domein ?depth"""
_VERSION_OF = """SELECT DISTINCT ?code WHERE {
  ?versie leer:heeftCompetentie ?competentie ; a leer:Beroepskwalificatieversie ; leer:code ?code
}"""
_CODES = "SELECT DISTINCT ?code WHERE { ?thing a ?class ; leer:code ?code ; ?has ?value } ORDER BY ?code"


def codes(graph: KnowledgeGraph) -> Iterator[str]:
    """The codes of every leerplan and of every version that is more than named (it has a level), in order."""
    for kind, has in ((LEER.Beroepskwalificatieversie, LEER.vksNiveau), (LEER.Leerplan, LEER.code)):
        for row in graph.select(_CODES, has=has, **{"class": kind}):
            yield row["code"].value


def export(graph: KnowledgeGraph, wanted: Iterable[str]) -> Iterator[Inhoud]:
    """The rows of those qualifications and leerplannen, in source order.

    Raises UnknownCodeError for a code that the graph does not have, with the nearest one that it has.
    """
    for code in wanted:
        found = list(_leerplan(graph, code)) or (list(_kwalificatie(graph, code)) if _is_version(code) else [])
        if not found:
            near = nearest(code, codes(graph))
            remedy = f"Bedoelt u {near}?" if near else "Zie leerbrug sparql voor de codes."
            raise UnknownCodeError(f"'{code}' is geen kwalificatie of leerplan in deze release.", remedy=remedy)
        yield from found


def known(graph: KnowledgeGraph, targets: tuple[str, ...], code: str) -> bool:
    """Whether the graph has that code among the things of those sheets, or of those kinds elsewhere."""
    names = graph.names
    for target in targets:
        node = kwalificatie(code, names) if target == "Kwalificaties" else names.iri(_KINDS[target], code)
        if graph.knows(node):
            return True
    return False


_KINDS = {
    "Competenties": "competentie",
    "Leerplannen": "leerplan",
    "structuuronderdelen": "structuuronderdeel",
    "onderwijsdoelen": "onderwijsdoel",
}


def version_of(graph: KnowledgeGraph, competentie: str) -> Iterator[str]:
    """The codes of the versions that have that competence."""
    for row in graph.select(_VERSION_OF, competentie=graph.names.iri("competentie", competentie)):
        yield row["code"].value


def _is_version(code: str) -> bool:
    return code.startswith("BK-") and code.count("-") == 2


def _things(graph: KnowledgeGraph, query: str, **bindings: Binding) -> Iterator[tuple[str, Thing]]:
    """Each thing that the query tells about, with the owner it hangs under."""
    rows = graph.select(query, derived=graph.names.graph("afgeleid"), **bindings)
    for (thing, owner), about in groupby(rows, lambda row: (row["thing"].value, row["owner"].value)):
        found = Thing(thing)
        for row in about:
            found.values[row["p"].value].add(row["o"])
        yield owner, found


def _about(graph: KnowledgeGraph, node: NamedNode) -> Thing:
    found = Thing(node.value)
    for row in graph.select(_ABOUT, owner=node, derived=graph.names.graph("afgeleid")):
        found.values[row["p"].value].add(row["o"])
    return found


def _line(text: str) -> str:
    """A text as an item of a list with one item a line."""
    return canonical(text).replace("\n", " ")


def _kwalificatie(graph: KnowledgeGraph, code: str) -> Iterator[Inhoud]:
    node = graph.names.versie(code)
    thing = _about(graph, node)
    if not thing.text(LEER.code):
        return
    yield Kwalificatie(
        code=code,
        titel=canonical(thing.text(SKOS.prefLabel)),
        toelichting=canonical(thing.text(LEER.titelToelichting)),
        definitie=canonical(thing.text(LEER.definitie)),
        omschrijving=canonical(thing.text(LEER.omschrijvingKort)),
        niveau=thing.concept(LEER.vksNiveau),
        status=thing.concept(LEER.status),
        erkenningsdatum=thing.day(LEER.erkenningsdatum),
        einddatum=thing.day(LEER.einddatum),
        domeinen=_domeinen(graph, node),
        synoniemen=tuple(sorted({_line(text) for text in thing.texts(LEER.synoniem)})),
        competentprofielen=tuple(sorted(thing.concepts(LEER.competentprofiel))),
    )
    yield from _inside(graph, node, code)


def _domeinen(graph: KnowledgeGraph, node: NamedNode) -> tuple[str, ...]:
    rows = graph.select(_PATHS, versie=node, derived=graph.names.graph("afgeleid"))
    paths = (
        " > ".join(_line(row["label"].value) for row in path) for _, path in groupby(rows, lambda row: row["domein"])
    )
    return tuple(sorted(paths))


def _inside(graph: KnowledgeGraph, node: NamedNode, code: str) -> Iterator[Inhoud]:
    """The competences of a version, what hangs under each and under the version itself, and its parts."""
    found = [thing for _, thing in _things(graph, _PARTS, owner=node, link=LEER.heeftCompetentie)]
    by_iri = {thing.iri: thing.text(LEER.code) for thing in found}
    for thing in sorted(found, key=lambda one: (one.number(LEER.volgnummer) or 0, one.iri)):
        yield _competentie(thing, code)
    for kind, link in ((Kennis, LEER.heeftKennis), (Vaardigheid, LEER.heeftVaardigheid)):
        items = [(by_iri[owner], thing) for owner, thing in _things(graph, _UNDER, versie=node, link=link)]
        items += [(code, thing) for _, thing in _things(graph, _PARTS, owner=node, link=link)]
        for owner, thing in sorted(items, key=lambda one: (one[0], _number(one[1]))):
            yield _item(kind, owner, thing)
    for _, thing in _things(graph, _PARTS, owner=node, link=LEER.heeftDeelkwalificatie):
        competenties = tuple(sorted(by_iri.get(iri, "") or local(iri) for iri in thing.texts(LEER.heeftCompetentie)))
        titel = canonical(thing.text(SKOS.prefLabel))
        yield Deelkwalificatie(kwalificatie=code, code=thing.text(LEER.code), titel=titel, competenties=competenties)


def _competentie(thing: Thing, code: str) -> Competentie:
    return Competentie(
        kwalificatie=code,
        code=thing.text(LEER.code),
        nr=thing.number(LEER.volgnummer) or 0,
        tekst=canonical(thing.text(SKOS.prefLabel)),
        soort=canonical(thing.text(LEER.competentietype)),
        referenties=tuple(sorted({_line(text) for text in thing.texts(LEER.referentietekst)})),
    )


def _number(thing: Thing) -> int:
    """The number of an item under its owner: the last part of its name."""
    return int(thing.iri.rpartition("-")[2])


def _item(kind: type[Kennis] | type[Vaardigheid], owner: str, thing: Thing) -> Inhoud:
    tekst = canonical(thing.text(SKOS.prefLabel))
    if kind is Kennis:
        return Kennis(hoort_bij=owner, nr=_number(thing), diepte=thing.concept(LEER.kennisdiepte), tekst=tekst)
    return Vaardigheid(hoort_bij=owner, nr=_number(thing), soort=thing.concept(LEER.vaardigheidssoort), tekst=tekst)


def _leerplan(graph: KnowledgeGraph, code: str) -> Iterator[Inhoud]:
    node = graph.names.iri("leerplan", code)
    thing = _about(graph, node)
    if not thing.text(LEER.code):
        return
    goals = thing.texts(LEER.leerplanVoor)
    programmas = graph.names.iri("structuuronderdeel").value + "/"
    yield Leerplan(
        code=code,
        titel=canonical(thing.text(SKOS.prefLabel)),
        structuuronderdeel=next((local(iri) for iri in goals if iri.startswith(programmas)), ""),
        kwalificaties=tuple(sorted(_kwalificatiecode(iri) for iri in goals if not iri.startswith(programmas))),
        begindatum=thing.day(LEER.begindatum),
        einddatum=thing.day(LEER.einddatum),
    )
    doelen = [doel for _, doel in _things(graph, _PARTS, owner=node, link=LEER.heeftDeel)]
    for doel in sorted(doelen, key=lambda one: one.number(LEER.volgnummer) or 0):
        yield _leerplandoel(graph, code, doel)


def _leerplandoel(graph: KnowledgeGraph, code: str, doel: Thing) -> Leerplandoel:
    covered = doel.texts(LEER.behandelt)

    def of(kind: str) -> tuple[str, ...]:
        start = graph.names.iri(kind).value + "/"
        return tuple(sorted(local(iri) for iri in covered if iri.startswith(start)))

    return Leerplandoel(
        leerplan=code,
        nr=doel.number(LEER.volgnummer) or 0,
        tekst=canonical(doel.text(SKOS.prefLabel)),
        competenties=of("competentie"),
        onderwijsdoelen=of("onderwijsdoel"),
    )


def _kwalificatiecode(iri: str) -> str:
    """The code of a qualification from its name.

    >>> _kwalificatiecode("https://w3id.org/leerbrug/id/beroepskwalificatie/BK-0019/3")
    'BK-0019-3'
    """
    kind, _, path = iri.partition("/id/")[2].partition("/")
    return path.replace("/", "-") if kind == "beroepskwalificatie" else local(iri)
