"""The catalogue says what the graph says: each fact as a set of rows, asked by SPARQL and read from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from leerbrug.graph.catalogus import Catalogus, Kwalificatiesoort
from leerbrug.graph.catalogus_builder import catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Release
from leerbrug.graph.store import EmbeddedStore

Rows = Iterable[tuple[object, ...]]

FACTS: dict[str, tuple[str, Callable[[Catalogus], Rows]]] = {
    "versions with line and level": (
        """SELECT ?code ?reeks ?niveau { ?v a leer:Beroepskwalificatieversie ; leer:code ?code ; leer:versieVan ?l .
           ?l leer:code ?reeks OPTIONAL { ?v leer:vksNiveau ?n BIND(REPLACE(STR(?n), "^.*/", "") AS ?niveau) } }""",
        lambda c: (
            (k.code, k.reeks, k.niveau)
            for k in c.kwalificaties.values()
            if k.soort is Kwalificatiesoort.BEROEPSKWALIFICATIE
        ),
    ),
    "competences of qualifications": (
        """SELECT ?bk ?nr ?code ?tekst { ?k leer:code ?bk ; leer:heeftCompetentie ?c . ?c leer:code ?code .
           ?c skos:prefLabel ?tekst OPTIONAL { ?c leer:volgnummer ?nr }
           { ?k a leer:Beroepskwalificatieversie } UNION { ?k a leer:Deelkwalificatie } }""",
        lambda c: ((k.code, i.nr or None, i.code, i.tekst) for k in c.kwalificaties.values() for i in k.competenties),
    ),
    "references of competences": (
        """SELECT ?code ?r { ?c a leer:Competentie ; leer:code ?code ; leer:referentie/leer:code ?r .
           ?k leer:heeftCompetentie ?c
           { ?k a leer:Beroepskwalificatieversie } UNION { ?k a leer:Deelkwalificatie } }""",
        lambda c: ((i.code, r) for k in c.kwalificaties.values() for i in k.competenties for r in i.referenties),
    ),
    "knowledge and its depth": (
        """SELECT ?code ?k ?rang { ?c leer:code ?code ; leer:heeftKennis ?i . ?i skos:prefLabel ?k .
           ?v a leer:Beroepskwalificatieversie ; leer:heeftCompetentie ?c .
           OPTIONAL { ?i leer:kennisdiepte ?d } VALUES (?d ?rang) {
           (<https://w3id.org/leerbrug/codelijst/kennisdiepte/basiskennis> 1)
           (<https://w3id.org/leerbrug/codelijst/kennisdiepte/kennis> 2)
           (<https://w3id.org/leerbrug/codelijst/kennisdiepte/grondige-kennis> 3) } }""",
        lambda c: (
            (i.code, k.tekst, k.diepte) for q in c.kwalificaties.values() for i in q.competenties for k in i.kennis
        ),
    ),
    "parts of versions": (
        "SELECT ?v ?d { ?k leer:code ?v ; leer:heeftDeelkwalificatie ?x . ?x a leer:Deelkwalificatie ; leer:code ?d }",
        lambda c: ((k.code, d) for k in c.kwalificaties.values() for d in k.deelkwalificaties),
    ),
    "programmes with group, stage and finality": (
        """SELECT ?code ?titel ?groep ?graad ?finaliteit { ?s a leer:Structuuronderdeel ; leer:code ?code .
           ?s skos:prefLabel ?titel OPTIONAL { ?s leer:groep ?g . ?g leer:code ?groep }
           OPTIONAL { ?s leer:groep?/leer:graad ?gr BIND(REPLACE(STR(?gr), "^.*/", "") AS ?graad) }
           OPTIONAL { ?s leer:groep?/leer:finaliteit ?f BIND(REPLACE(STR(?f), "^.*/", "") AS ?finaliteit) } }""",
        lambda c: ((p.code, p.titel, p.groep, p.graad, p.finaliteit) for p in c.programmas.values()),
    ),
    "recognitions with status and dates": (
        """SELECT ?so ?code ?status ?van ?tot {
           ?e a leer:Erkenning ; leer:code ?code ; leer:erkenningVan/leer:code ?so .
           OPTIONAL { ?e leer:status ?s BIND(REPLACE(STR(?s), "^.*/", "") AS ?status) }
           OPTIONAL { ?e leer:begindatum ?van } OPTIONAL { ?e leer:einddatum ?tot } }""",
        lambda c: (
            (e.programma, e.code, e.status, e.geldigheid.van, e.geldigheid.tot) for e in c.erkenningen.values()
        ),
    ),
    "programmes and their recognitions": (
        "SELECT ?so ?e { ?s leer:heeftErkenning/leer:code ?e ; leer:code ?so }",
        lambda c: ((p.code, e) for p in c.programmas.values() for e in p.erkenningen),
    ),
    "what recognitions contain in full": (
        "SELECT ?e ?k { ?ei a leer:Erkenning ; leer:code ?e ; leer:bevatVolledig/leer:code ?k }",
        lambda c: ((e.code, k) for e in c.erkenningen.values() for k in e.volledig),
    ),
    "what recognitions contain in part": (
        "SELECT ?e ?k { ?ei a leer:Erkenning ; leer:code ?e ; leer:bevatGedeeltelijk/leer:code ?k }",
        lambda c: ((e.code, k) for e in c.erkenningen.values() for k in e.gedeeltelijk),
    ),
    "what recognitions award": (
        """SELECT ?e ?naam ?van ?ok { ?ei a leer:Erkenning ; leer:code ?e ; leer:verleent ?b . ?b skos:prefLabel ?naam
           OPTIONAL { ?b leer:bewijsVan/leer:code ?van }
           OPTIONAL { ?b leer:okNiveau ?n BIND(REPLACE(STR(?n), "^.*/OK", "") AS ?ok) } }""",
        lambda c: (
            (e.code, b.naam, b.van, b.ok_niveau) for e in c.erkenningen.values() for b in e.studiebewijzen
        ),
    ),
    "flexible entry: found proofs": (
        """SELECT ?e ?regel ?k { ?ei a leer:Erkenning ; leer:code ?e ; leer:flexibeleInstap ?i . ?i leer:viaBewijs ?b .
           ?b leer:code ?k . ?i leer:instapregel ?r BIND(REPLACE(STR(?r), "^.*/", "") AS ?regel) }""",
        lambda c: (
            (e.code, e.instap.regel, k) for e in c.erkenningen.values() if e.instap for k in e.instap.bewijzen
        ),
    ),
    "contracts and hours": (
        """SELECT ?e ?soort ?min ?max { ?ei a leer:Erkenning ; leer:code ?e ; leer:contract ?c .
           OPTIONAL { ?c leer:contractsoort ?s BIND(REPLACE(STR(?s), "^.*/", "") AS ?soort) }
           OPTIONAL { ?c leer:urenMin ?min } OPTIONAL { ?c leer:urenMax ?max } }""",
        lambda c: (
            (e.code, e.contract.soort, e.contract.uren_min, e.contract.uren_max)
            for e in c.erkenningen.values()
            if e.contract
        ),
    ),
    "obligatory contexts": (
        """SELECT ?e ?aantal ?naam { ?ei a leer:Erkenning ; leer:code ?e ; leer:verplichteContexten ?c .
           ?c leer:aantal ?aantal ; leer:contextnaam ?naam }""",
        lambda c: (
            (e.code, e.contexten.aantal, n) for e in c.erkenningen.values() if e.contexten for n in e.contexten.namen
        ),
    ),
    "trajectories": (
        "SELECT ?e ?t { ?ei a leer:Erkenning ; leer:code ?e ; leer:heeftTraject/leer:code ?t }",
        lambda c: ((e.code, t.code) for e in c.erkenningen.values() for t in e.trajecten),
    ),
}  # fmt: skip
"""What is a fact -> how SPARQL asks it, and how the catalogue says it."""


def plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


Both = tuple[KnowledgeGraph, Catalogus]


@pytest.fixture(scope="module")
def sample_both(release: Release) -> Both:
    return release.graph(), release.catalogus()


@pytest.fixture(scope="module")
def real_both(real_release: Release) -> Both:
    return real_release.graph(), real_release.catalogus()


def check(both: Both, fact: str) -> None:
    graph, seen = both
    query, read = FACTS[fact]
    asked = {tuple("" if term is None else term.value for term in row) for row in graph.select(query)}
    assert asked, "a fact that the graph does not have proves nothing"
    assert {tuple(map(plain, row)) for row in read(seen)} == asked


@pytest.mark.parametrize("fact", FACTS)
def test_the_catalogue_of_the_sample_agrees_with_its_graph(sample_both: Both, fact: str) -> None:
    check(sample_both, fact)


@pytest.mark.parametrize("fact", FACTS)
def test_the_catalogue_of_the_real_answers_agrees_with_its_graph(real_both: Both, fact: str) -> None:
    check(real_both, fact)


def test_the_real_catalogue_counts_what_the_readme_of_the_data_states(real_both: Both) -> None:
    _, seen = real_both
    recognitions = seen.erkenningen.values()
    assert len(seen.programmas) == 961
    assert len(recognitions) == 1156
    assert sum(len(erkenning.studiebewijzen) for erkenning in recognitions) == 3412
    assert sum(bool(erkenning.contract) for erkenning in recognitions) == 367
    assert sum(bool(erkenning.instap) for erkenning in recognitions) == 147
    assert sum(bool(erkenning.contexten) for erkenning in recognitions) == 211
    loaded = [k for k in seen.kwalificaties.values() if k.soort == "beroepskwalificatie" and k.volledig_geladen]
    assert len(loaded) == 96
    assert sum(len(kwalificatie.competenties) for kwalificatie in loaded) == 1530


def test_a_catalogue_is_read_back_as_it_was_made_and_names_its_newest_version(release: Release) -> None:
    seen = release.catalogus()
    for kwalificatie in seen.kwalificaties.values():
        if kwalificatie.soort is Kwalificatiesoort.BEROEPSKWALIFICATIE:
            same_line = [k for k in seen.kwalificaties.values() if k.reeks == kwalificatie.reeks]
            versions = {k.code: k.versie for k in same_line if k.soort is Kwalificatiesoort.BEROEPSKWALIFICATIE}
            assert versions[kwalificatie.nieuwste] == max(versions.values())


def test_a_proof_that_was_not_found_is_kept_as_text_and_a_broken_link_is_left_out() -> None:
    store, names = EmbeddedStore.in_memory(), Names()
    store.oxigraph.update(
        """
        PREFIX leer: <https://w3id.org/leerbrug/ns#>
        INSERT DATA { GRAPH <urn:g> {
            <urn:e> a leer:Erkenning ; leer:code "ADV-0001" ; leer:flexibeleInstap <urn:i> .
            <urn:e> leer:bevatVolledig <urn:x> .
            <urn:i> a leer:FlexibeleInstap ; leer:viaBewijs <urn:bk> ; leer:viaOnbekendBewijs "Bewijs van niets" .
            <urn:bk> a leer:Beroepskwalificatie ; leer:code "BK-0001" .
        } }
        """
    )
    (erkenning,) = catalogus(KnowledgeGraph(store, names), 1).erkenningen.values()
    assert erkenning.volledig == ()
    assert erkenning.instap
    assert (erkenning.instap.bewijzen, erkenning.instap.onbekend) == (("BK-0001",), ("Bewijs van niets",))
