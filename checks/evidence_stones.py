"""Checking a chain of stepping stones: every bridge of every step, what is held at each, and the gain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..graph.knowledge_graph import KnowledgeGraph
from .evidence import checked
from .evidence_answer import Decision, Thing
from .evidence_gap import check_frame, check_part
from .evidence_gap_answer import Chain, Stone
from .evidence_graph import Evidence

RULES = "keten-1"


def check_stones(
    document: Mapping[str, Any],
    graph: KnowledgeGraph,
    release: int,
    decisions: Iterable[Decision] = (),
    entry: tuple[int, str] = (0, ""),
) -> tuple[str, ...]:
    """What is wrong with a chain; `decisions` and `entry` as in `check_answer`. Never raises for a bad answer."""
    evidence = Evidence(graph, tuple(decisions))

    def check(chain: Chain) -> Iterator[str]:
        yield from check_frame(chain, document, evidence, release, entry)
        yield from _check(chain, document, evidence)

    return checked(document, Chain, check)


def _check(chain: Chain, document: Mapping[str, Any], evidence: Evidence) -> Iterator[str]:
    if chain.type != "Keten" or chain.regelset != RULES:
        yield f"dit is geen keten volgens de regels {RULES}"
    yield from (f"vertrek: {fault}" for fault in check_part(chain.vertrek, document["vertrek"], chain, evidence))
    if [stone.nr for stone in chain.stappen] != list(range(1, len(chain.stappen) + 1)):
        yield "de stappen zijn niet genummerd"
    ends = [*(thing.id for thing in chain.vertrek.van), *(stone.naar_steen.naar.id for stone in chain.stappen)]
    if len(chain.stappen) < 2 or ends[-1] != chain.vertrek.naar.id or len(set(ends)) != len(ends):
        yield "de keten leidt niet over een andere kwalificatie naar het doel"
    held, proven = list(chain.vertrek.van), chain.vertrek.dekking.gedekt
    for stone, raw in zip(chain.stappen, document["stappen"], strict=True):
        for part, where in ((stone.naar_steen, "naar_steen"), (stone.naar_doel, "naar_doel")):
            yield from (f"stap {stone.nr}: {fault}" for fault in check_part(part, raw[where], chain, evidence))
        yield from (f"stap {stone.nr}: {fault}" for fault in _step(stone, held, chain.vertrek.naar, proven))
        held, proven = [*held, stone.naar_steen.naar], stone.naar_doel.dekking.gedekt


def _step(stone: Stone, held: list[Thing], target: Thing, proven: int) -> Iterator[str]:
    reached = stone.naar_steen.naar
    if stone.naar_steen.van != held or stone.code != reached.code:
        yield "de brug vertrekt niet van wat dan gehouden wordt, of leidt niet naar deze kwalificatie"
    if stone.naar_doel.van != [*held, reached] or stone.naar_doel.naar != target:
        yield "de brug naar het doel vertrekt niet van wat dan gehouden wordt"
    if stone.winst != stone.naar_doel.dekking.gedekt - proven:
        yield "de winst is niet wat er meer bewezen is"
