"""The JSON-LD context covers the vocabulary and loses no triple on the way to JSON and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from leerbrug.graph.context import CONTEXT, written
from leerbrug.graph.inference import ontology
from leerbrug.graph.names import NAMESPACE, Names
from leerbrug.graph.statements import Statement
from leerbrug.loaders.vks.source import SOURCE as VKS
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

CONTEXT_DOCUMENT: dict[str, Any] = json.loads(CONTEXT.read_bytes())
HERE = Path(__file__).parent


def to_json(triples: list[Triple]) -> dict[str, Any]:
    """Compacted JSON of these triples, as a reader of our JSON gets it."""
    lines = serialize(triples, format=RdfFormat.N_TRIPLES).decode()
    expanded = jsonld.from_rdf(lines, {"format": "application/n-quads", "useNativeTypes": True})
    compacted: dict[str, Any] = jsonld.compact(expanded, CONTEXT_DOCUMENT, {"graph": True})
    return compacted


def to_triples(document: dict[str, Any]) -> set[Triple]:
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return {quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS)}


def thing(document: dict[str, Any], iri: str) -> dict[str, Any]:
    return next(node for node in document["@graph"] if node["id"] == iri)


def test_committed_context_is_the_one_of_the_vocabulary() -> None:
    assert CONTEXT.read_bytes() == written(), "run: leerbrug model --context ontology/context-v1.jsonld"


def test_every_class_and_property_is_a_key_with_its_own_iri() -> None:
    expanded_terms = CONTEXT_DOCUMENT["@context"]
    iris = {t.subject.value for t in ontology() if isinstance(t.subject, NamedNode)}
    names = {iri.removeprefix(NAMESPACE) for iri in iris if iri.startswith(NAMESPACE)}
    assert len(names) > 200
    for name in names:
        said = expanded_terms[name]
        assert (said if isinstance(said, str) else said["@id"]) == f"leer:{name}"


def test_no_key_has_two_meanings() -> None:
    text = CONTEXT.read_text(encoding="utf-8")
    keys = json.loads(text, object_pairs_hook=lambda pairs: [key for key, _ in pairs])
    assert keys == ["@context"]
    inner: list[list[str]] = []
    json.loads(text, object_pairs_hook=lambda pairs: inner.append([key for key, _ in pairs]))
    for names in inner:
        assert len(names) == len(set(names))


def test_example_is_written_as_people_expect() -> None:
    document = to_json([quad.triple for quad in parse(path=HERE / "voorbeeld.ttl", format=RdfFormat.TURTLE)])
    erkenning = thing(document, "https://voorbeeld.be/id/erkenning/ADV-9999")
    assert erkenning["type"] == "Erkenning"
    assert erkenning["begindatum"] == "2026-09-01"
    assert erkenning["prefLabel"] == {"nl": "Verzonnen erkenning", "en": "Invented recognition"}
    assert erkenning["bevatVolledig"] == ["https://voorbeeld.be/id/beroepskwalificatie/BK-9999/1"]
    assert erkenning["erkenningVan"] == "https://voorbeeld.be/id/structuuronderdeel/9999"
    assert thing(document, "https://voorbeeld.be/id/structuuronderdeel/9999")["duaal"] is True
    bk = thing(document, "https://voorbeeld.be/id/beroepskwalificatie/BK-9999/1")
    assert bk["synoniem"] == {"nl": ["Tweede naam", "Derde naam"]}
    assert bk["code"] == "0042"
    assert bk["versienummer"] == 1


def test_example_keeps_every_triple() -> None:
    triples = {quad.triple for quad in parse(path=HERE / "voorbeeld.ttl", format=RdfFormat.TURTLE)}
    assert to_triples(to_json(list(triples))) == triples


def test_real_dossiers_keep_every_triple(real_data: Path) -> None:
    """The five dossiers that say most, with knowledge and skills under each competence."""
    records = VKS.records(real_data / "flanders-vks" / "api")
    dossiers = [
        [*VKS.said(record, Names())] for record in records if record.place.file == "beroepskwalificatie.jsonl.gz"
    ]
    for dossier in sorted(dossiers, key=len)[-5:]:
        triples = {said.triple() for said in dossier if isinstance(said, Statement)}
        assert len(triples) > 100
        document = to_json(list(triples))
        assert to_triples(document) == triples
        assert not [key for node in document["@graph"] for key in node if ":" in key], "a key that is no word of ours"
