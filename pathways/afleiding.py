"""The explained graph of a leertraject: conditions lead to steps, steps to proofs, proofs to the conditions they meet.

networkx holds it for the picture and for whoever wants to walk along it; the search does not use it.
"""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx

from .leertraject import Antwoord, Leertraject


def afleiding(antwoord: Antwoord, nummer: int = 0) -> nx.DiGraph[str]:
    """The graph of one leertraject of an answer; empty where there is none."""
    if nummer >= len(antwoord.leertrajecten):
        return nx.DiGraph()
    return afleiding_van(antwoord.leertrajecten[nummer])


def afleiding_van(traject: Leertraject, gezegd: Callable[[str], str] = str) -> nx.DiGraph[str]:
    """Nodes with `soort` ("voorwaarde", "stap" or "bewijs"), `naam` and `laag` (its column in the picture).

    `gezegd` says a name of a step or condition in another language.
    """
    graaf: nx.DiGraph[str] = nx.DiGraph()
    for stap in traject.stappen:
        zelf, laag = f"stap {stap.nr}", 3 * stap.nr - 2
        graaf.add_node(zelf, soort="stap", naam=f"{stap.nr}. {gezegd(stap.naam)}", laag=laag)
        for eis in stap.toelating:
            bron = _bron(graaf, eis.door, eis.feit)
            if bron:
                graaf.add_edge(bron, zelf, naam=eis.naam)
            else:
                knoop = f"{eis.feit}@{stap.nr}"
                naam = f"{gezegd(eis.naam)} ({gezegd(eis.door)})"
                graaf.add_node(knoop, soort="voorwaarde", naam=naam, laag=laag - 1)
                graaf.add_edge(knoop, zelf, naam=eis.naam)
        for nummer, bewijs in enumerate(stap.kwalificatiebewijzen):
            knoop = f"bewijs {stap.nr}.{nummer}"
            graaf.add_node(knoop, soort="bewijs", naam=bewijs.naam, laag=laag + 1, feiten=bewijs.feiten)
            graaf.add_edge(zelf, knoop, naam="geeft")
    return graaf


def _bron(graaf: nx.DiGraph[str], door: str, feit: str) -> str:
    """The proof of an earlier step that meets a condition, or the step itself; empty for what was held before."""
    if door not in graaf:
        return ""
    bewijzen = [knoop for knoop in graaf.successors(door) if feit in graaf.nodes[knoop].get("feiten", ())]
    return bewijzen[0] if bewijzen else door
