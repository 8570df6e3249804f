"""Random questions on the real graph: each is answered, and of those without a way the checker confirms the reason.

`LEERBRUG_VRAGEN=300 LEERBRUG_NAGEKEKEN=70 pytest tests/pathways/test_random_questions.py` asks as many as one likes.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from datetime import date

import msgspec
from leerbrug.checks.traject import check_against
from leerbrug.checks.traject_graph import Offer
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Weg, Wens
from leerbrug.pathways.leertraject import Antwoord
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_jsonld import als_jsonld

OP = date(2026, 10, 9)
ASKED = int(os.environ.get("LEERBRUG_VRAGEN", "16"))
CHECKED = int(os.environ.get("LEERBRUG_NAGEKEKEN", "2"))
LEARNER: dict[str, list[object]] = {
    "leeftijd": [None, 12, 13, 14, 15, 16, 17, 18, 20, 24, 27, 40],
    "arbeidsrijp": [None, True, False],
    "arbeidsbereid": [None, True, False],
    "leerplicht_voorbij": [None, True, False],
    "buso": [False, False, True],
    "uren_per_week": [None, None, None, 20],
}
LIMITS: dict[str, list[object]] = {
    "max_jaren": [1, 2, 3, 4, 6],
    "einddatum": [date(year, 6, 30) for year in (2028, 2029, 2030, 2032)],
    "schooljaar": [2027, 2028, 2029],
    "werkplek_min": [8, 14, 20, 24],
    "werkplek_max": [10, 16, 20],
    "contract": ["OAO", "SOAO"],
    "klassenraad": [True],
    "stelsel": ["L", "M"],
    "wegen": [frozenset({Weg.DUAAL}), frozenset({Weg.VOLTIJDS}), frozenset({Weg.EVC})],
}
WORDS = ["graad1:A", "graad1:B", "graad2:DO", "graad2:DU", "graad2:A", "OK1", "OK2", "OK3", "OK4"]


def question(draw: random.Random, aanbod: Aanbod) -> tuple[Leerling, Wens]:
    catalogus = aanbod.catalogus
    programmes, bks = sorted(catalogus.programmas), sorted(catalogus.kwalificaties)
    domain = draw.choice(sorted({each.studiedomein for each in catalogus.programmas.values() if each.studiedomein}))
    goals: list[tuple[str, ...]] = [
        (f"duaal@{domain}",),
        (draw.choice(programmes),),
        (draw.choice(bks),),
        (draw.choice(["OK2", "OK3", "OK4", "bachelor", "graduaat", f"OK3@{domain}"]),),
        (draw.choice(programmes), draw.choice(bks)),
    ]
    held = {draw.choice([*WORDS, draw.choice(bks)]) for _ in range(draw.choice([0, 0, 1, 2]))}
    learner = {name: draw.choice(values) for name, values in LEARNER.items()}
    limits = {name: draw.choice(values) for name, values in LIMITS.items() if draw.random() < 0.2}
    leerling = msgspec.convert({"heeft": tuple(sorted(held)), **learner}, Leerling)
    return leerling, msgspec.convert({"doelen": draw.choice(goals), "op": OP, **limits}, Wens)


def answered(found: Antwoord) -> str:
    """The one kind of answer that it is."""
    kinds = {
        "held": found.al_bereikt,
        "ways": bool(found.leertrajecten),
        "no": found.onhaalbaar is not None,
        "open": found.onbeslist is not None and not found.volledig,
    }
    (kind,) = (kind for kind, holds in kinds.items() if holds)
    return kind


def test_every_random_question_is_answered_and_the_checker_confirms_why_not(
    aanbod: Aanbod, vks_graph: KnowledgeGraph
) -> None:
    draw, offer, counted = random.Random(7), Offer(vks_graph), Counter[str]()
    for number in range(ASKED):
        leerling, wens = question(draw, aanbod)
        found = plan(aanbod, leerling, wens)
        kind = answered(found)
        counted[kind] += 1
        if kind == "no" and counted["no"] <= CHECKED:
            document = json.loads(json.dumps(als_jsonld(found, aanbod.catalogus, leerling, wens)))
            assert check_against(document, offer, 1) == (), (number, leerling, wens)
    assert counted["ways"] >= ASKED / 10
    assert counted["no"] >= min(CHECKED, ASKED / 3)
