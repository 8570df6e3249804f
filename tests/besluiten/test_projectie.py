"""Decisions in the graph: SPARQL sees them at once, drafts stay private, and the ledger gives the same bytes again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from leerbrug.besluiten.lopend import Lopend
from leerbrug.besluiten.projectie import Projectie, besluit_iri
from leerbrug.besluiten.register import Maak, Register, Stap
from leerbrug.besluiten.soorten import Haalbaarheid
from leerbrug.besluiten.toestand import Handeling
from leerbrug.besluiten.wereld import Wereld
from leerbrug.checks.validator import Validator
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Release
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

VERDICTS = """
SELECT ?code ?oordeel WHERE {
  ?besluit a leer:Haalbaarheidsbesluit ; leer:betreft ?competentie ; leer:haalbaarheid ?oordeel ;
    leer:besluitstatus lijst:besluitstatus\\/bekrachtigd .
  ?versie leer:heeftCompetentie ?competentie ; leer:code "BK-0130-5" .
  ?competentie leer:code ?code
}
"""


@pytest.fixture
def projectie(register: Register, wereld: Wereld) -> Projectie:
    return Projectie(register.grootboek, Names(), lambda: wereld)


@pytest.fixture
def lopend(release: Release, projectie: Projectie) -> Iterator[Lopend]:
    running = Lopend(release, projectie, wacht=0)
    yield running
    running.close()


def asked(lopend: Lopend) -> dict[str, str]:
    rows = lopend.graph().select(VERDICTS)
    return {row["code"].value: row["oordeel"].value.rpartition("/")[2] for row in rows}


def test_sparql_sees_what_was_ratified_within_a_second_and_joins_it_with_the_release(
    register: Register, lopend: Lopend, toneel: Any, wereld: Wereld
) -> None:
    code = toneel.codes(wereld)[0]
    (stuk,) = register.voer_uit([Maak(toneel.besluit(code, Haalbaarheid.MOET))], toneel.AN)
    register.voer_uit([Stap(stuk.id, 1, Handeling.LEG_VOOR)], toneel.AN)
    assert asked(lopend) == {}, "a draft is private"
    (stuk,) = register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], toneel.BO)
    began = time.process_time()
    assert asked(lopend) == {code: "moet"}, "at the first question that follows"
    assert time.process_time() - began < 1
    register.voer_uit([Stap(stuk.id, 3, Handeling.TREK_IN, "vergissing")], toneel.BO)
    assert asked(lopend) == {}
    node = besluit_iri(Names(), stuk.besluit, stuk.id)
    deeds = (
        "SELECT ?wat ?rol WHERE { ?b prov:wasGeneratedBy ?d . ?d leer:handeling ?wat ; prov:wasAssociatedWith ?rol }"
    )
    found = {(row["wat"].value, row["rol"].value.rpartition("/id/")[2]) for row in lopend.graph().select(deeds, b=node)}
    assert found == {(deed, "rol/sector/sector/bouw") for deed in ("maak", "leg-voor", "bekrachtig", "trek-in")}


def test_an_older_generation_stays_readable_while_a_newer_one_is_made(
    register: Register, lopend: Lopend, toneel: Any, wereld: Wereld
) -> None:
    first, second = toneel.codes(wereld)[:2]
    toneel.bekrachtigd(register, toneel.besluit(first))
    before = lopend.graph()
    toneel.bekrachtigd(register, toneel.besluit(second))
    assert asked(lopend).keys() == {first, second}
    assert len(list(before.select(VERDICTS))) == 1


def test_the_release_itself_is_never_written(
    release: Release, register: Register, lopend: Lopend, toneel: Any, wereld: Wereld
) -> None:
    toneel.bekrachtigd(register, toneel.besluit(toneel.codes(wereld)[0]))
    assert asked(lopend)
    release.verify()
    assert not list(release.graph().select(VERDICTS))


def test_rebuilt_from_the_ledger_it_has_the_same_bytes(
    register: Register, projectie: Projectie, lopend: Lopend, toneel: Any, wereld: Wereld, tmp_path: Path
) -> None:
    for code in toneel.codes(wereld)[:5]:
        stuk = toneel.bekrachtigd(register, toneel.besluit(code))
        assert asked(lopend)
    register.voer_uit([Stap(stuk.id, stuk.versie, Handeling.TREK_IN, "vergissing")], toneel.BO)
    again = Projectie(type(register.grootboek)(register.grootboek.engine), Names(), lambda: wereld)
    whole = projectie.dump()
    assert whole
    assert again.dump() == whole
    running = lopend.graph()
    graphs = {quad.graph_name for quad in parse(whole, format=RdfFormat.N_QUADS)}
    store = running.store.oxigraph  # type: ignore[attr-defined]
    lines = [
        serialize([quad], format=RdfFormat.N_QUADS)
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, graph)
    ]
    assert b"".join(sorted(lines)) == whole, "what was kept up to date is what is rebuilt"


def test_the_projection_breaks_no_shape(
    register: Register, projectie: Projectie, release: Release, toneel: Any, wereld: Wereld
) -> None:
    for code in toneel.codes(wereld)[:3]:
        toneel.bekrachtigd(register, toneel.besluit(code, Haalbaarheid.MOET))
    store = Store()
    _load(store, release)
    before = {(one.shape, one.focus.value) for one in Validator().validate(store)}
    store.extend(projectie.quads())
    assert {(one.shape, one.focus.value) for one in Validator().validate(store)} - before == set()


def _load(store: Store, release: Release) -> None:
    import gzip

    with gzip.open(release.dump, "rb") as stream:
        store.bulk_load(stream, RdfFormat.N_QUADS)


def test_a_contradiction_in_the_graph_itself_is_found_by_the_shapes(
    register: Register, projectie: Projectie, toneel: Any, wereld: Wereld
) -> None:
    """The ledger refuses it on the way in; a graph that came by another way is caught by the same rule."""
    stuk = toneel.bekrachtigd(register, toneel.besluit(toneel.codes(wereld)[0]))
    node = besluit_iri(Names(), stuk.besluit, stuk.id)
    store = Store()
    store.extend(projectie.quads())
    twin = type(node)(node.value + "-tweede")
    store.extend(
        Quad(twin, quad.predicate, quad.object) for quad in list(store.quads_for_pattern(node, None, None, None))
    )
    found = [one for one in Validator().validate(store) if one.shape.endswith("#tegenspraak")]
    assert {one.focus.value for one in found} == {node.value, twin.value}


def test_no_name_but_the_given_ones_is_in_the_graph(
    register: Register, projectie: Projectie, toneel: Any, wereld: Wereld
) -> None:
    toneel.bekrachtigd(register, toneel.besluit(toneel.codes(wereld)[0]))
    literals = {quad.object.value for quad in projectie.quads() if quad.object.__class__.__name__ == "Literal"}
    assert {"An", "Bo"} <= literals
    assert not any("leerbrug_" in value for value in literals)
