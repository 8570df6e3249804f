"""Making a release, as one sentence: hear the sources, write the dump, load the store, derive, check, publish."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from pyoxigraph import NamedNode

from ..besluiten.grootboek import Grootboek
from ..checks.report import Report
from ..graph.catalogus_builder import catalogus
from ..graph.catalogus_elders import elders
from ..graph.counts import classes_in
from ..graph.dump import SortedLines, merge, nquad, write_dump
from ..graph.dumps import write_json_ld, write_tables
from ..graph.inference import derive
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.manifest import STORE, LoadedSource, Manifest
from ..graph.names import Names
from ..graph.ontology import ontology_lines
from ..graph.places import Places, PlaceWriter
from ..graph.provenance import provenance
from ..graph.releases import CATALOGUS, DUMPS, ELDERS, GRAPH, PLACES, REPORT, ZOEKINDEX, Draft, Release, Releases
from ..graph.search import labels, write_index
from ..graph.store import EmbeddedStore
from ..pathways.allepaar_bewaard import ALLEPAAR, write_allpairs
from .hearing import Heard, Input, hear, write_said
from .judging import judge
from .progress import Watch

ANKER = "besluiten.anker.json"
"""The file of a release that says where the ledger of decisions stood."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: the report, and the release unless a violation stopped it."""

    report: Report
    manifest: Manifest
    release: Release | None


def make(
    wanted: Sequence[Input], into: Path, names: Names, watch: Watch, day: date | None = None, ledger: str = ""
) -> Made:
    """Make the next release of a folder from these sources; a violation stops it, and then nothing is left behind.

    The seal of the last entry of the ledger, at the address `ledger`, is written down in the release as an anchor.
    """
    with Releases(into).building() as draft:
        heard = _hear(wanted, draft, names, watch, day)
        store = _load(draft, watch)
        _derive(store, draft, names, watch)
        graph = KnowledgeGraph(store, names)
        try:
            manifest = _count(graph, draft, heard, watch)
            report = _check(store, draft, heard, manifest, watch)
            if report.stops:
                return Made(report, manifest, None)
            _for_readers(graph, draft, watch)
            if ledger:
                _anchor(draft, ledger)
        finally:
            graph.close()
        shutil.rmtree(_work(draft))
        watch.step("Publiceren")
        return Made(report, manifest, draft.publish(manifest))


def _work(draft: Draft) -> Path:
    """Where sorting takes place; gone before the release is published."""
    return draft.folder / "werk"


def _said(draft: Draft) -> Path:
    return _work(draft) / "said.nq"


def _hear(wanted: Sequence[Input], draft: Draft, names: Names, watch: Watch, day: date | None) -> Heard:
    """Everything that is said, sorted on disk; and where it is said."""
    lines, places = SortedLines(_work(draft) / "heard"), PlaceWriter(draft.folder / PLACES)
    heard = hear(wanted, names, lines, places, watch)
    watch.step("Plaatsen ordenen")
    places.close()
    for line in ontology_lines(names.graph("ontologie")):
        lines.add(line)
    for source in heard.sources:
        for said in provenance(source, names, day):
            lines.add(nquad(said.subject, said.predicate, said.object, names.graph("herkomst")))
    watch.step("Triples ordenen")
    write_said(lines, _said(draft), heard)
    return heard


def _load(draft: Draft, watch: Watch) -> EmbeddedStore:
    watch.step("Store laden")
    store = EmbeddedStore.create(draft.folder / STORE)
    store.load(_said(draft))
    return store


def _derive(store: EmbeddedStore, draft: Draft, names: Names, watch: Watch) -> None:
    """Derive what follows, and write the canonical dump of what was said and what follows."""
    watch.step("Afleiden")
    target = names.graph("afgeleid")
    derive(store.oxigraph, target)
    store.compact()
    derived = SortedLines(_work(draft) / "derived")
    for quad in store.oxigraph.quads_for_pattern(None, None, None, target):
        derived.add(f"{quad.subject} {quad.predicate} {quad.object} {target} .\n")
    watch.step("Dump schrijven")
    with _said(draft).open(encoding="utf-8", newline="\n") as said:
        write_dump(merge(said, derived), draft.folder / GRAPH)


def _count(graph: KnowledgeGraph, draft: Draft, heard: Heard, watch: Watch) -> Manifest:
    watch.step("Tellen")
    graphs = {named.value: graph.count(named) for named in graph.graphs()}
    return Manifest(
        release=draft.number,
        base=graph.names.base,
        sources=tuple(_counted(graph, source, graphs) for source in heard.sources),
        triples=sum(graphs.values()),
        graphs=graphs,
        classes=classes_in(graph),
    )


def _counted(graph: KnowledgeGraph, source: LoadedSource, graphs: dict[str, int]) -> LoadedSource:
    classes = classes_in(graph, NamedNode(source.graph))
    return msgspec.structs.replace(source, triples=graphs.get(source.graph, 0), classes=classes)


def _check(store: EmbeddedStore, draft: Draft, heard: Heard, manifest: Manifest, watch: Watch) -> Report:
    watch.step("Controleren")
    places = Places(draft.folder / PLACES)
    report = judge(store, places, heard, manifest)
    places.close()
    (draft.folder / REPORT).write_bytes(report.as_json())
    return report


def _for_readers(graph: KnowledgeGraph, draft: Draft, watch: Watch) -> None:
    """What is derived from the graph so that readers need not ask it."""
    watch.step("Catalogus maken")
    flemish = catalogus(graph, draft.number)
    (draft.folder / CATALOGUS).write_bytes(msgspec.msgpack.encode(flemish))
    (draft.folder / ELDERS).write_bytes(msgspec.msgpack.encode(elders(graph)))
    watch.step("Alle paren berekenen")
    write_allpairs(flemish, draft.folder / ALLEPAAR)
    watch.step("Zoekindex maken")
    write_index(draft.folder / ZOEKINDEX, labels(graph))
    watch.step("Downloads maken")
    (draft.folder / DUMPS).mkdir()
    write_json_ld(draft.folder / GRAPH, draft.folder / DUMPS / "leerbrug.jsonld.gz")
    write_tables(flemish, draft.folder / DUMPS / "leerbrug-tabellen.zip")


def _anchor(draft: Draft, ledger: str) -> None:
    """What the ledger ended with when this release was made, so that it shows when an end is cut off or rewritten."""
    book = Grootboek.open(ledger)
    try:
        number, seal = book.kop()
    finally:
        book.close()
    (draft.folder / ANKER).write_bytes(msgspec.json.encode({"nummer": number, "hash": seal}))
