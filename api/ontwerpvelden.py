"""The form of a draft trajectory read back: its clusters, and in which of them each competence is learned."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from starlette.datastructures import FormData

from ..besluiten.soorten import Trajectcluster, Trajectontwerp
from ..besluiten.trajectontwerp import VOLGORDE
from ..errors import InputError
from .bordvelden import veld

EXTRA = 2
"""How many empty clusters the form offers, so that a draft can grow."""


def bewerkt(oud: Trajectontwerp, formulier: FormData) -> Trajectontwerp:
    """The draft as the form says it. Raises InputError for what cannot be read; a cluster without competences goes."""
    clusters = tuple(cluster for plek in range(len(oud.clusters) + EXTRA) for cluster in _cluster(oud, formulier, plek))
    titel = veld(formulier, "titel") or oud.titel
    return msgspec.structs.replace(oud, titel=titel, clusters=tuple(sorted(clusters, key=lambda een: een.volgorde)))


def _cluster(oud: Trajectontwerp, formulier: FormData, plek: int) -> Iterator[Trajectcluster]:
    leden = [
        (cluster.versie, code)
        for cluster in oud.clusters
        for code in cluster.competenties
        if veld(formulier, f"in-{cluster.versie}.{code}") == str(plek)
    ]
    if not leden:
        return
    naam, versies = veld(formulier, f"naam-{plek}"), {versie for versie, _ in leden}
    if not naam or len(versies) != 1:
        raise InputError(
            f"Cluster {plek + 1} heeft een naam en competenties van één kwalificatie.",
            remedy="Geef een naam, of verplaats de competenties van de andere kwalificatie.",
        )
    plaats = veld(formulier, f"plaats-{plek}")
    if plaats not in VOLGORDE:
        raise InputError("Deze leerplaats bestaat niet.", remedy=f"Kies uit {', '.join(VOLGORDE)}.")
    yield Trajectcluster(
        naam=naam,
        versie=versies.pop(),
        competenties=tuple(code for _, code in leden),
        plaats=plaats,
        volgorde=_getal(veld(formulier, f"volgorde-{plek}"), "de volgorde"),
        uren=_getal(veld(formulier, f"uren-{plek}"), "de uren"),
        bewijs=veld(formulier, f"bewijs-{plek}"),
    )


def _getal(tekst: str, wat: str) -> int:
    if not tekst.isdecimal() or int(tekst) > 9_999:
        raise InputError(f"{tekst!r} is geen getal voor {wat}.", remedy="Geef een getal van 0 tot 9999.")
    return int(tekst)
