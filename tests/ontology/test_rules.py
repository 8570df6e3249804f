"""The rules, the reasoner and a plain computation give one answer to: what does a study proof prove?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import cast

import pytest
from leerbrug.graph.catalogus_builder import catalogus
from leerbrug.graph.inference import ONTOLOGY, RULES, derive, ontology, reason
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.vks.source import SOURCE as VKS
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

HERE = Path(__file__).parent
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
TARGET = NamedNode("urn:afgeleid")
SOURCE = NamedNode("urn:bron")
VB = "https://voorbeeld.be/verzonnen/houders/"
Pair = tuple[str, str]

CHAIN_PROPERTIES = ("bewijst", "bewijstCompetentiesUit", "bewijstCompetentie", "bewijstMogelijkCompetentie")


@pytest.fixture(scope="module")
def houders() -> list[Triple]:
    return [quad.triple for quad in parse(path=HERE / "houders.ttl", format=RdfFormat.TURTLE)]


def vocabulary() -> list[Triple]:
    return [quad.triple for quad in parse(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)]


def filled(triples: Iterable[Triple]) -> Store:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, SOURCE) for t in triples)
    return store


def pairs(triples: Iterable[Triple], term: str) -> set[Pair]:
    """The pairs of one property of ours, by local name."""
    return {
        (t.subject.value.removeprefix(VB), t.object.value.removeprefix(VB))
        for t in triples
        if t.predicate == LEER[term] and isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode)
    }


def proven(triples: list[Triple]) -> dict[str, set[Pair]]:
    """What each study proof proves, straight from the data and the law; shares nothing with rules or axioms."""
    said = {term: pairs(triples, term) for term in ("bewijsVan", "verleendDoor", "bevatVolledig", "bevatGedeeltelijk")}
    parts, contents = pairs(triples, "deelVan"), pairs(triples, "heeftCompetentie")
    kinds = {(t.subject.value.removeprefix(VB), t.object) for t in triples if t.predicate == TYPE}
    flags = {(t.subject.value.removeprefix(VB), t.predicate) for t in triples if t.object == Literal(True)}
    answer: dict[str, set[Pair]] = {term: set() for term in CHAIN_PROPERTIES}
    for bewijs, erkenning in said["verleendDoor"]:
        is_ok = (bewijs, LEER.isOnderwijskwalificatie) in flags
        is_fullest = is_ok and (bewijs, LEER.maximaal) in flags
        full = {what for one, what in said["bevatVolledig"] if one == erkenning}
        part = {what for one, what in said["bevatGedeeltelijk"] if one == erkenning}
        has = {what for one, what in said["bewijsVan"] if one == bewijs}
        has |= ({bewijs} if is_ok else set()) | (full if is_fullest else set())
        some = has | {whole for piece, whole in parts if piece in has}
        if is_fullest or (bewijs, LEER.BewijsVanCompetenties) in kinds:
            some |= full | part
        answer["bewijst"] |= {(bewijs, what) for what in has}
        answer["bewijstCompetentiesUit"] |= {(bewijs, what) for what in some}
        answer["bewijstCompetentie"] |= {(bewijs, c) for one, c in contents if one in has}
        answer["bewijstMogelijkCompetentie"] |= {(bewijs, c) for one, c in contents if one in some}
    return answer


def test_rules_give_what_a_plain_computation_gives(houders: list[Triple]) -> None:
    store = filled(houders)
    derive(store, TARGET)
    derived = [quad.triple for quad in store]
    assert {term: pairs(derived, term) for term in CHAIN_PROPERTIES} == proven(houders)


def test_reasoner_gives_what_a_plain_computation_gives(houders: list[Triple]) -> None:
    found = reason([*vocabulary(), *houders])
    assert found.consistent
    expected = proven(houders)
    assert {term: pairs(found.triples, term) for term in CHAIN_PROPERTIES} == expected
    holds = pairs(houders, "houdt")
    for holder, proof in (
        ("heeftKwalificatie", "bewijst"),
        ("heeftCompetentiesUit", "bewijstCompetentiesUit"),
        ("beheerstCompetentie", "bewijstCompetentie"),
        ("beheerstMogelijkCompetentie", "bewijstMogelijkCompetentie"),
    ):
        by_hand = {(who, what) for who, bewijs in holds for other, what in expected[proof] if other == bewijs}
        assert pairs(found.triples, holder) == by_hand


def test_what_the_example_says_of_the_law(houders: list[Triple]) -> None:
    """Full gives the BK, part gives competences only, an earlier exit gives neither (domain.md §2.5, §5)."""
    store = filled(houders)
    derive(store, TARGET)
    derived = [quad.triple for quad in store]
    assert {what for bewijs, what in pairs(derived, "bewijst") if bewijs == "diploma"} == {"diploma", "bk-metser/1"}
    assert {what for bewijs, what in pairs(derived, "bewijst") if bewijs == "tussentijds"} == {"tussentijds"}
    uit = {what for bewijs, what in pairs(derived, "bewijstCompetentiesUit") if bewijs == "diploma"}
    assert uit == {"diploma", "bk-metser/1", "bk-vloerder/1"}
    certain = {what for bewijs, what in pairs(derived, "bewijstCompetentie") if bewijs == "diploma"}
    assert certain == {"c-metsen", "c-meten"}
    possible = {what for bewijs, what in pairs(derived, "bewijstMogelijkCompetentie") if bewijs == "diploma"}
    assert possible == {"c-metsen", "c-meten", "c-vloeren"}


@pytest.fixture(scope="module")
def flanders(real_data: Path) -> list[Triple]:
    """What the real answers of the VKS APIs say."""
    records = VKS.records(real_data / "flanders-vks" / "api")
    return [s.triple() for record in records for s in VKS.said(record, Names()) if isinstance(s, Statement)]


def test_rules_and_reasoner_agree_on_the_real_programmes(flanders: list[Triple]) -> None:
    """Real recognitions with BKs in full and in part, what they award and the competences of their BKs."""
    some = slice_of(filled(flanders), 2)
    store = filled(some)
    derive(store, TARGET)
    found = reason([*vocabulary(), *some])
    assert found.consistent
    derived = [quad.triple for quad in store]
    for term in CHAIN_PROPERTIES:
        assert pairs(derived, term) == pairs(found.triples, term)
        assert pairs(derived, term)


def test_rules_and_catalogue_agree_on_every_real_study_proof(flanders: list[Triple]) -> None:
    """What the graph says a proof proves is what the catalogue's recognitions, read by themselves, come to."""
    embedded = EmbeddedStore.in_memory()
    embedded.oxigraph.extend(Quad(t.subject, t.predicate, t.object, SOURCE) for t in flanders)
    derive(embedded.oxigraph, TARGET)
    known = catalogus(KnowledgeGraph(embedded), 1)
    certain, possible = set[Pair](), set[Pair]()
    for erkenning in known.erkenningen.values():
        for bewijs in erkenning.studiebewijzen:
            fullest = bewijs.maximaal and bewijs.ok_niveau is not None
            has = {bewijs.van} - {""} | (set(erkenning.volledig) if fullest else set())
            some = has | {known.kwalificaties[code].deel_van for code in has} - {""}
            if fullest or bewijs.soort == "BewijsVanCompetenties":
                some |= {*erkenning.volledig, *erkenning.gedeeltelijk}
            for codes, found in ((has, certain), (some, possible)):
                owned = (c.iri for code in codes for c in known.kwalificaties[code].competenties)
                found |= {(bewijs.iri, competentie) for competentie in owned}
    derived = [quad.triple for quad in embedded.oxigraph]
    assert len(certain) > 5000
    assert pairs(derived, "bewijstCompetentie") == certain
    assert pairs(derived, "bewijstMogelijkCompetentie") == possible


def slice_of(store: Store, size: int) -> list[Triple]:
    """The statements between named things on recognitions that contain BKs in full and in part, and around them."""
    query = """PREFIX leer: <https://w3id.org/leerbrug/ns#>
        SELECT DISTINCT ?e WHERE { ?e leer:bevatGedeeltelijk ?part ; leer:bevatVolledig/leer:heeftCompetentie ?c }
        ORDER BY ?e"""
    found = cast("QuerySolutions", store.query(query, use_default_graph_as_union=True))
    seeds = [cast("NamedNode", row["e"]) for row in islice(found, size)]
    wanted = ("bevatVolledig", "bevatGedeeltelijk", "verleent", "bewijsVan", "heeftCompetentie", "deelVan")
    kept, todo, seen = set[Triple](), list(seeds), set[NamedNode]()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in store.quads_for_pattern(node, None, None, None):
            follows = quad.predicate in {LEER[term] for term in wanted}
            if follows and isinstance(quad.object, NamedNode):
                todo.append(quad.object)
            if follows or quad.predicate in {TYPE, LEER.isOnderwijskwalificatie, LEER.maximaal, LEER.verleendDoor}:
                kept.add(quad.triple)
    return list(kept)


def table(rule: str) -> set[Pair]:
    """The pairs in the VALUES block of a rule, by full IRI."""
    path = next(path for path in RULES if path.stem.endswith(rule))
    text = path.read_text(encoding="utf-8")
    prefixes = dict(line.split(None, 2)[1:] for line in text.splitlines() if line.startswith("PREFIX"))
    block = text.partition("VALUES")[2].partition("{")[2].partition("}")[0]
    cells = block.replace("(", " ").replace(")", " ").split()
    full = [prefixes[cell.partition(":")[0] + ":"].strip("<>") + cell.partition(":")[2] for cell in cells]
    return set(zip(full[::2], full[1::2], strict=True))


def test_inverse_rule_has_every_inverse_of_the_vocabulary_and_no_other() -> None:
    inverse = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
    stated = {(t.subject.value, t.object.value) for t in ontology() if t.predicate == inverse}
    assert table("omgekeerd") == stated | {(b, a) for a, b in stated}


def test_wider_property_rule_has_every_subproperty_but_those_it_leaves_to_others() -> None:
    narrower = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
    stated = {(t.subject.value, t.object.value) for t in ontology() if t.predicate == narrower}
    left = {
        pair
        for pair in stated
        if pair[1].endswith(("#heeftItem", "#heeftOptioneelItem"))
        or LEER.bewijst.value in pair
        or pair[0].rpartition("#")[2].startswith(("bewijstCompetentie", "beheerst", "heeftKwalificatie"))
    }
    assert table("ruimer-eigenschap") == stated - left


def test_wider_class_rule_has_what_the_reasoner_classifies() -> None:
    found = reason(parsed := vocabulary())
    sub = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    ours = {t.subject.value for t in parsed if isinstance(t.subject, NamedNode) and "leerbrug/ns#" in t.subject.value}
    direct = {(t.subject.value, t.object.value) for t in found.triples if t.predicate == sub}
    direct = {(a, b) for a, b in direct if a in ours and b in ours and a != b}
    closed = set(direct)
    while more := {(a, d) for a, b in closed for c, d in direct if b == c} - closed:
        closed |= more
    assert table("ruimere-klasse") == closed


def test_a_proof_is_classified_by_what_is_said_of_it_by_rules_and_reasoner_alike() -> None:
    """No source says that a proof is a HoogsteOnderwijskwalificatie; the two flags of the API say it together."""
    yes, no = Literal(True), Literal(False)
    expected = {}
    triples = []
    for name, is_ok, is_fullest, kind in (
        ("a", yes, yes, LEER.HoogsteOnderwijskwalificatie),
        ("b", yes, no, LEER.Onderwijskwalificatie),
        ("c", no, no, LEER.Studiebewijs),
    ):
        node = NamedNode(VB + name)
        expected[node] = kind
        triples += [
            Triple(node, TYPE, LEER.Studiebewijs),
            Triple(node, LEER.isOnderwijskwalificatie, is_ok),
            Triple(node, LEER.maximaal, is_fullest),
        ]
    store = filled(triples)
    derive(store, TARGET)
    ladder = [LEER.HoogsteOnderwijskwalificatie, LEER.Onderwijskwalificatie, LEER.Studiebewijs]
    for found in ([quad.triple for quad in store], reason([*vocabulary(), *triples]).triples):
        kinds = {(t.subject, t.object) for t in found if t.predicate == TYPE}
        assert {node: next(kind for kind in ladder if (node, kind) in kinds) for node in expected} == expected


def test_domains_above_are_derived_by_rules_and_reasoner_alike() -> None:
    a, b, c, ding = (NamedNode("urn:" + name) for name in ("a", "b", "c", "ding"))
    triples = [Triple(ding, LEER.domein, a), Triple(a, LEER.deelVan, b), Triple(b, LEER.deelVan, c)]
    store = filled(triples)
    derive(store, TARGET)
    assert {quad.object for quad in store.quads_for_pattern(ding, LEER.domein, None, None)} == {a, b, c}
    found = reason([*vocabulary(), *triples]).triples
    assert {t.object for t in found if t.subject == ding and t.predicate == LEER.domein} == {a, b, c}


def test_a_second_call_adds_nothing_and_sources_stay_as_they_were(houders: list[Triple]) -> None:
    store = filled(houders)
    assert derive(store, TARGET) > 0
    assert derive(store, TARGET) == 0
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, SOURCE)} == set(houders)


def test_no_axiom_or_rule_compares_the_levels_of_a_bk_and_an_ok() -> None:
    for path in [ONTOLOGY / "vocabulary.ttl", *(ONTOLOGY / "alignments").glob("*.ttl"), *RULES]:
        for statement in path.read_text(encoding="utf-8").split(" .\n"):
            code = "\n".join(line for line in statement.splitlines() if not line.startswith("#"))
            both = "leer:vksNiveau" in code and "leer:okNiveau" in code
            assert not both, f"{path.name}: {code}"
    assert not any("Niveau" in path.read_text(encoding="utf-8") for path in RULES)


def test_no_chain_of_exact_matches_joins_a_bk_level_and_an_ok_level() -> None:
    exact = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    levels: dict[str, set[str]] = {"vks-niveau": set(), "ok-niveau": set()}
    for t in ontology():
        for name, targets in levels.items():
            if t.predicate == exact and f"/{name}/" in t.subject.value:
                targets.add(t.object.value)
    assert len(levels["vks-niveau"]) == 8
    assert not levels["vks-niveau"] & levels["ok-niveau"]
