"""What the page of a draft trajectory shows: the draft, computed or edited, and what does not fit."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...besluiten.duaalprofiel import duaalprofiel
from ...besluiten.soorten import Trajectontwerp
from ...besluiten.toestand import Stand, Stuk
from ...besluiten.trajectontwerp import LET_OP, VOLGORDE, gebreken, opmerkingen, trajectontwerp
from ...besluiten.trajectuitvoer import VORMEN
from ...errors import UnknownCodeError
from ..aanmelding import Sessie
from ..doelen import onderwijsdoelen
from ..ontwerpvelden import EXTRA
from ..stukken import zichtbaar
from ..zaken import Zaken


def gelezen(boek: Zaken, code: str, kenmerk: str, wie: Sessie | None, dag: date) -> tuple[Trajectontwerp, Stuk | None]:
    """The draft with that id, else a computed one. Raises UnknownCodeError where it is not there for who asks."""
    wereld = boek.wereld()
    if not kenmerk:
        return boek.register.lees(lambda stand: trajectontwerp(stand, wereld, code, dag)), None
    stuk = boek.register.stuk(kenmerk)
    if not isinstance(stuk.besluit, Trajectontwerp) or not zichtbaar(stuk, wie.wie if wie else None):
        raise UnknownCodeError(f"Er is geen trajectontwerp {kenmerk}.")
    return stuk.besluit, stuk


def ontwerppagina(boek: Zaken, ontwerp: Trajectontwerp, stuk: Stuk | None, wie: Sessie | None, dag: date) -> Any:
    """The values of the page."""
    wereld, code = boek.wereld(), ontwerp.bereik.programma
    programma = wereld.programma(code)

    def gezien(stand: Stand) -> dict[str, Any]:
        eigen = [
            one
            for _, one in sorted(stand.stukken.items())
            if isinstance(one.besluit, Trajectontwerp)
            and one.besluit.bereik.programma == code
            and zichtbaar(one, wie.wie if wie else None)
        ]
        return {"gebreken": gebreken(ontwerp, duaalprofiel(stand, wereld, code, dag)), "bewaard": eigen}

    uitvoer = f"/v1/trajectontwerpen/{stuk.id}/uitvoer" if stuk else f"/v1/dualeprofielen/{code}/trajectontwerp"
    versies = dict.fromkeys(cluster.versie for cluster in ontwerp.clusters)
    return {
        "ontwerp": ontwerp, "opgeslagen": stuk, "programma": programma, "let_op": LET_OP, "plaatsen": VOLGORDE,
        "vormen": tuple(VORMEN), "uitvoer": uitvoer, "extra": EXTRA, "gewijzigd": None,
        "opmerkingen": list(opmerkingen(ontwerp, wereld, dag)), "doelen": onderwijsdoelen(boek, programma.groep),
        "teksten": {each.code: each.tekst for code_ in versies for each in wereld.kwalificatie(code_).competenties},
        **boek.register.lees(gezien),
    }  # fmt: skip
