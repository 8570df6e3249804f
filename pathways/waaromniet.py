"""Why there is no leertraject: a minimal set of conditions that conflict, and the nearest changes that make one.

The conflict is found by deletion: a condition stays only if without it, and without those already dropped, there is a
way. So each of those that stay is needed. The changes are tried nearest first, with all other conditions kept. Where
the time is up before a way is found or none is proved to be, that is said, and nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import combinations
from typing import NamedTuple

import msgspec

from .doorstroomregels import UREN_PER_WEEK
from .haalbaarheid import Haalbaarheid, Tijd, Vroegst, vroegst
from .kalender import dertig_juni, eerste_september
from .leertraject import Conflictdeel, Onhaalbaar, Voorstel
from .opgave import Instantie, Opgave
from .regelboom import alternatieven
from .voorwaarden import Voorwaarde, contract, werkplek_max, werkplek_min
from .zinnen import Zin, zin, zinnen

MEESTE_SAMEN = 3
AANBOD = "aanbod"
DEEL = 8
"""A change that is tried gets so small a part of the time that is left, so that one hard one leaves time to others."""
Versoepeling = tuple[Voorwaarde | None, Zin]
"""What stands in for a condition (None lifts it), and the change in words."""


class Conflict(NamedTuple):
    """Conditions that leave no way, which is proved; `minimaal` says that for each it is proved to be needed."""

    delen: tuple[Voorwaarde, ...]
    minimaal: bool


def waarom_niet(opgave: Opgave, tijd: Tijd) -> Onhaalbaar:
    """The conflict and the proposals of a question of which it is proved that it has no way.

    When the time is up, what is not proved is not said: the conflict may then be larger than needed, and a change that
    helps may be missing.
    """
    conflict = minimaal_conflict(opgave, tijd.deel(2))
    wijziging = _Wijzigingen(opgave, tijd)
    gevonden = Onhaalbaar(
        conflict=tuple(
            Conflictdeel(each.code, "" if each.code == AANBOD else each.waarde, each.tekst) for each in conflict.delen
        ),
        voorstellen=tuple(wijziging.voorstellen(conflict.delen)),
        minimaal=conflict.minimaal,
    )
    reden = _reden(opgave, conflict, elk=gevonden.elk_volstaat)
    return msgspec.structs.replace(gevonden, reden=reden, alles_geprobeerd=wijziging.alles_beslist)


def minimaal_conflict(opgave: Opgave, tijd: Tijd) -> Conflict:
    """Conditions that together leave no way, and of which none can be missed.

    What is recognised at all (`aanbod`) always stands; it is the conflict only where nothing else is needed for one.
    One without which it is not known in time whether there is a way stays too: the conflict may then not be minimal.
    """
    aanbod = next(each for each in opgave.voorwaarden if each.code == AANBOD)
    over = [each for each in opgave.voorwaarden if each is not aanbod]
    if _haalbaar(opgave, [aanbod], tijd.deel(len(over) + 1)) is Haalbaarheid.ONHAALBAAR:
        return Conflict((aanbod,), minimaal=True)
    minimaal = True
    for nog, voorwaarde in reversed(list(enumerate(over, 1))):
        zonder = [each for each in over if each is not voorwaarde]
        oordeel = _haalbaar(opgave, [*zonder, aanbod], tijd.deel(nog))
        if oordeel is Haalbaarheid.ONHAALBAAR:
            over = zonder
        minimaal = minimaal and oordeel is not Haalbaarheid.ONBEKEND
    return Conflict(tuple(over) or (aanbod,), minimaal=minimaal or not over)


def _haalbaar(opgave: Opgave, voorwaarden: Sequence[Voorwaarde], tijd: Tijd) -> Haalbaarheid:
    return vroegst(opgave.onder(voorwaarden), tijd).haalbaarheid


class _Wijzigingen:
    """The changes after which there is a way; `alles_beslist` as long as of each that was tried it is known."""

    def __init__(self, opgave: Opgave, tijd: Tijd) -> None:
        self.opgave, self.tijd, self.alles_beslist = opgave, tijd, True

    def voorstellen(self, conflict: Sequence[Voorwaarde]) -> Iterator[Voorstel]:
        """One change that is enough where there is; else the fewest together, and beyond three what cannot be less."""
        gevonden = False
        for voorwaarde in conflict:
            if naaste := self._naaste(voorwaarde, {}):
                gevonden = True
                yield naaste[1]
        andere = [each for each in self.opgave.voorwaarden if each.code != AANBOD]
        for aantal in range(2, MEESTE_SAMEN + 1):
            if gevonden:
                return
            for samen in combinations(andere, aantal):
                if any(each in conflict for each in samen) and (voorstel := self._samen(samen)):
                    gevonden = True
                    yield voorstel
        if not gevonden and (voorstel := self._samen(self._alles_nodig(andere))):
            yield voorstel

    def _alles_nodig(self, voorwaarden: Sequence[Voorwaarde]) -> list[Voorwaarde]:
        """Conditions that must change together: all, without those that can be put back; not always the fewest."""
        los: dict[str, Versoepeling] = {each.code: (None, _los(each)) for each in voorwaarden}
        if self._probeer(los) is None:
            return []
        for voorwaarde in voorwaarden:
            rest = {code: anders for code, anders in los.items() if code != voorwaarde.code}
            if rest and self._probeer(rest) is not None:
                los = rest
        return [each for each in voorwaarden if each.code in los]

    def _samen(self, samen: Sequence[Voorwaarde]) -> Voorstel | None:
        """Change these together: lift all, then tighten each as far as the others allow."""
        if not samen:
            return None
        anders = {each.code: list(_versoepelingen(self.opgave, each))[-1] for each in samen}
        voorstel = self._probeer(anders)
        if voorstel is None:
            return None
        for voorwaarde in samen:
            rest = {code: each for code, each in anders.items() if code != voorwaarde.code}
            if gevonden := self._naaste(voorwaarde, rest):
                anders[voorwaarde.code], voorstel = gevonden
        return voorstel

    def _naaste(self, voorwaarde: Voorwaarde, rest: dict[str, Versoepeling]) -> tuple[Versoepeling, Voorstel] | None:
        """The nearest looser form of a condition that makes a way, with the changes of `rest` made too."""
        for anders in _versoepelingen(self.opgave, voorwaarde):
            if (voorstel := self._probeer({**rest, voorwaarde.code: anders})) is not None:
                return anders, voorstel
        return None

    def _probeer(self, anders: dict[str, Versoepeling]) -> Voorstel | None:
        instantie = self.opgave.onder(list(_met(self.opgave, anders)))
        weg = vroegst(instantie, self.tijd.deel(DEEL), precies=True)
        self.alles_beslist = self.alles_beslist and weg.haalbaarheid is not Haalbaarheid.ONBEKEND
        if weg.haalbaarheid is not Haalbaarheid.HAALBAAR:
            return None
        elk = (woorden for _, woorden in anders.values())
        tekst = reduce(lambda een, ander: zin("samen", een=een, ander=ander), elk)
        begin = einde = None
        if AANBOD not in anders:
            self.alles_beslist = self.alles_beslist and weg.bewezen
            begin, einde = _dagen(instantie, weg)
        waarden = tuple(nieuw.waarde if nieuw else "" for nieuw, _ in anders.values())
        return Voorstel(tuple(anders), waarden, tekst, begin, einde)


def _dagen(instantie: Instantie, weg: Vroegst) -> tuple[date | None, date]:
    """The first and the last day of a way; who needs no school year waits for none."""
    handelingen = instantie.opgave.aanbod.handelingen
    eerste = next(((plaats, jaar) for plaats, jaar in weg.stappen if plaats >= 0), None)
    einde = dertig_juni(weg.einde, 0) if weg.einde > instantie.begin else instantie.eerste_dag
    if eerste is None:
        return None, einde
    return eerste_september(eerste[1]) if handelingen[eerste[0]].jaren else instantie.eerste_dag, einde


def _met(opgave: Opgave, anders: dict[str, Versoepeling]) -> Iterator[Voorwaarde]:
    """The conditions of the question after these changes."""
    for voorwaarde in opgave.voorwaarden:
        nieuw = anders[voorwaarde.code][0] if voorwaarde.code in anders else voorwaarde
        if nieuw is not None:
            yield nieuw


def _versoepelingen(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    """Looser forms of a condition, nearest first; the last lifts it."""
    soort = voorwaarde.code
    if soort in ("werkplek-min", "werkplek-max"):
        yield from _uren(opgave, voorwaarde)
    elif soort == "contract":
        soorten = {h.contract for h in opgave.aanbod.handelingen if h.contract} - {voorwaarde.waarde}
        for ander in sorted(soorten):
            yield contract(opgave.aanbod, ander), zin("ander-contract", soort=ander)
    elif soort in ("max-duur", "einddatum"):
        yield from _langer(opgave, voorwaarde)
    elif soort == "schooljaar":
        yield from _later(opgave, voorwaarde)
    yield None, _los(voorwaarde)


def _uren(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    nu, hoger = int(voorwaarde.waarde), voorwaarde.code == "werkplek-max"
    bekend = {h.uren_min if hoger else h.uren_max for h in opgave.aanbod.handelingen}
    getallen = sorted(each for each in bekend if each is not None and (each > nu) == hoger and each != nu)
    maak = werkplek_max if hoger else werkplek_min
    for uren in getallen if hoger else reversed(getallen):
        tekst = zin("uren-meer" if hoger else "uren-minder", verschil=abs(uren - nu), uren=uren, nu=nu)
        yield maak(opgave.aanbod, uren), tekst


def _langer(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    laatst = voorwaarde.laatst or opgave.begin
    for jaar in range(laatst + 1, opgave.begin + opgave.wens.horizon + 1):
        dag = dertig_juni(jaar, 0).isoformat()
        nieuw = dag if voorwaarde.code == "einddatum" else str(jaar - opgave.begin)
        ruimer = msgspec.structs.replace(voorwaarde, laatst=jaar, waarde=nieuw)
        if voorwaarde.code == "max-duur":
            meer = jaar - laatst
            yield ruimer, zin("jaren-meer-een") if meer == 1 else zin("jaren-meer", meer=meer)
        else:
            yield ruimer, zin("einde", dag=dag)


def _later(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    nu = voorwaarde.start or opgave.begin
    for jaar in range(nu + 1, opgave.begin + opgave.wens.horizon):
        ander = msgspec.structs.replace(voorwaarde, start=jaar, waarde=str(jaar))
        yield ander, zin("later", jaar=jaar)


def _los(voorwaarde: Voorwaarde) -> Zin:
    """Lifting a condition, in words."""
    if voorwaarde.code == "uren-per-week":
        return zin("los-uren-per-week", meer=UREN_PER_WEEK.waarde - int(voorwaarde.waarde))
    sleutel, waarde = f"los-{voorwaarde.code}", voorwaarde.woorden or voorwaarde.waarde
    return zin(sleutel if sleutel in zinnen() else "los", waarde=waarde, voorwaarde=voorwaarde.tekst)


def _reden(opgave: Opgave, conflict: Conflict, *, elk: bool) -> Zin:
    """The sentences above the list; `elk` where changing any one of the conditions is enough."""
    if not conflict.minimaal:
        return zin("reden-niet-bewezen")
    wegen = next((each for each in conflict.delen if each.code == "wegen"), None)
    if wegen and wegen.waarde == "evc" and any(h.startswith(("ok:", "so:", "graad")) for h in _doelfeiten(opgave)):
        return zin("reden-evc")
    alleen_aanbod = [each.code for each in conflict.delen] == [AANBOD]
    reden = zin("reden-aanbod", release=opgave.aanbod.catalogus.release)
    reden = reden if alleen_aanbod else zin("reden" if elk else "reden-meer")
    begrensd = any(each.laatst is not None for each in conflict.delen)
    return reden if begrensd else zin("reden-ver", reden=reden, jaren=opgave.wens.horizon)


def _doelfeiten(opgave: Opgave) -> set[str]:
    return {feit for keuze in alternatieven(opgave.doel) for feit in keuze}
