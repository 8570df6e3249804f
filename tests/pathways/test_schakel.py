"""What a new link opens, against a plain fixpoint that adds the action and computes everything anew."""

from __future__ import annotations

import random
from collections.abc import Iterable

import msgspec
import pytest
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.schakel import SOORTEN, Schakels

JAAR = 2027
Actie = tuple[frozenset[str], frozenset[str]]


def reached(start: Iterable[str], actions: list[Actie]) -> set[str]:
    """Round after round over every action, until a round adds nothing."""
    have, size = set(start), -1
    while size != len(have):
        size = len(have)
        for needs, gives in actions:
            if needs <= have:
                have |= gives
    return have


def offered(aanbod: Aanbod) -> list[Actie]:
    """All that the offer of the year does; what a dual step proves is proved dually too."""
    actions = [(frozenset(needs), frozenset({fact})) for fact, ways in aanbod.regels_naar.items() for needs in ways]
    for step, ways in zip(aanbod.handelingen, aanbod.keuzes, strict=True):
        if step.soort == "evc" or not step.van <= JAAR <= step.tot:
            continue
        gives = set(step.geeft)
        if step.duaal:
            gives |= {f"duaal:{fact}" for fact in step.geeft if fact.split(":")[0] in ("bk", "dbk", "ok")}
        actions += [(needs, frozenset(gives)) for needs in ways]
    return actions


def is_goal(fact: str) -> bool:
    """A proof, an access, or a dual programme; "ok:OK5@" names a studiedomein that the programme does not have."""
    kind = fact.split(":")[0] in ("bk", "dbk", "ok", "toegang", "duaal") or fact.startswith("duaal@")
    return kind and not fact.endswith("@")


def holders(aanbod: Aanbod) -> dict[str, set[str]]:
    """The profiles: nothing at fifteen, or the proof of one line of BKs in its last version listed."""
    ready = {"arbeidsrijp", "arbeidsbereid"}
    one = {
        line: {f"reeks:{line}", f"bk:{versions[-1].code}", *ready} for line, versions in sorted(aanbod.reeksen.items())
    }
    return {"15": {"leeftijd:15", *ready}, **one}


def some(catalogus: Catalogus, draw: random.Random) -> Aanbod:
    """A small release: a few programmes, and the BKs and DBKs that these name, with some others."""
    programmas = dict(draw.sample(sorted(catalogus.programmas.items()), 60))
    named = {
        bewijs.van
        for programma in programmas.values()
        for code in programma.erkenningen
        for bewijs in catalogus.erkenningen[code].studiebewijzen
    }
    kept = named | set(draw.sample(sorted(catalogus.kwalificaties), 15))
    kwalificaties = {code: each for code, each in catalogus.kwalificaties.items() if code in kept}
    return Aanbod(msgspec.structs.replace(catalogus, programmas=programmas, kwalificaties=kwalificaties))


@pytest.mark.parametrize("seed", range(4))
def test_every_link_opens_exactly_what_a_release_with_it_reaches_more(catalogus: Catalogus, seed: int) -> None:
    aanbod = some(catalogus, random.Random(seed))
    schakels, actions, opened = Schakels(aanbod, JAAR), offered(aanbod), 0
    links = list(schakels.kandidaten())
    found = {(each.soort, each.code): each for each in schakels.beste(len(links))}
    before = {who: reached(start, actions) for who, start in holders(aanbod).items()}
    for link in links:
        added = [*actions, *((needs, link.geeft) for needs in link.nodig)]
        wins = {}
        for who, old in before.items():
            if any(needs <= old for needs in link.nodig) and not link.geeft <= old:
                wins[who] = {fact for fact in reached(holders(aanbod)[who], added) - old if is_goal(fact)}
        wins = {who: goals for who, goals in wins.items() if goals}
        said = found.get((link.soort, link.code))
        assert wins == ({each.profiel: set(each.doelen) for each in said.winst} if said else {})
        assert (said.opent if said else 0) == sum(map(len, wins.values()))
        opened += bool(wins)
    assert len(found) == opened > 20


def test_links_of_the_real_graph_open_what_they_say_most_first(catalogus: Catalogus) -> None:
    aanbod = Aanbod(catalogus)
    schakels, actions = Schakels(aanbod, JAAR), offered(aanbod)
    profiles, draw = holders(aanbod), random.Random(7)
    kandidaten = {(each.soort, each.code): each for each in schakels.kandidaten()}
    for soort in SOORTEN:
        links = schakels.beste(300, [soort])
        assert [each.opent for each in links] == sorted((each.opent for each in links), reverse=True)
        for said in [links[0], draw.choice(links)]:
            link = kandidaten[said.soort, said.code]
            added = [*actions, *((needs, link.geeft) for needs in link.nodig)]
            gains = {each.profiel: set(each.doelen) for each in said.winst}
            for who in {said.profielen[0], *draw.sample(sorted(profiles), 3)}:
                more = reached(profiles[who], added) - reached(profiles[who], actions)
                assert {fact for fact in more if is_goal(fact)} == gains.get(who, set())


def test_modules_variants_and_entries_are_all_weighed(catalogus: Catalogus) -> None:
    """A flexible entry into Fietsinstallaties by a BK, a dual variant of what is not dual, a module for each BK."""
    schakels = Schakels(Aanbod(catalogus), JAAR)
    kandidaten = {(each.soort, each.code): each for each in schakels.kandidaten()}
    assert ("flexibele-instap", "99+BK-0117") in kandidaten
    assert {feit for keuze in kandidaten["duale-variant", "504"].nodig for feit in keuze} >= {"arbeidsrijp", "graad2:A"}
    assert "duaal:bk:BK-0464-1" in kandidaten["duale-variant", "504"].geeft
    assert kandidaten["nieuwe-module", "BK-0480-1"].geeft == {"bk:BK-0480-1", "reeks:BK-0480"}
    bestaat = kandidaten["flexibele-instap", "99+BK-0117"]
    assert not schakels._winst(bestaat), "that entry exists, so it opens nothing"
