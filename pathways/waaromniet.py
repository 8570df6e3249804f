"""Why there is no leertraject: a minimal set of conditions that conflict, and the nearest changes that make one.

The conflict is found by deletion: a condition stays only if without it, and without those already dropped, there is a
way. So each of those that stay is needed. The changes are tried nearest first, with all other conditions kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations

import msgspec

from .doorstroomregels import UREN_PER_WEEK
from .kalender import dertig_juni, eerste_september
from .leertraject import Conflictdeel, Onhaalbaar, Voorstel
from .opgave import Opgave
from .pareto import front
from .regelboom import alternatieven
from .voorwaarden import Voorwaarde, contract, werkplek_max, werkplek_min
from .zinnen import Zin, zin, zinnen

MEESTE_SAMEN = 3
AANBOD = "aanbod"
Versoepeling = tuple[Voorwaarde | None, Zin]
"""What stands in for a condition (None lifts it), and the change in words."""


def waarom_niet(opgave: Opgave) -> Onhaalbaar:
    """The conflict and the proposals of a question without an answer."""
    conflict = minimaal_conflict(opgave)
    return Onhaalbaar(
        conflict=tuple(
            Conflictdeel(each.code, "" if each.code == AANBOD else each.waarde, each.tekst) for each in conflict
        ),
        voorstellen=tuple(_voorstellen(opgave, conflict)),
        reden=_reden(opgave, conflict),
    )


def minimaal_conflict(opgave: Opgave) -> tuple[Voorwaarde, ...]:
    """Conditions that together leave no way, and of which none can be missed.

    What is recognised at all (`aanbod`) always stands; it is the conflict only where nothing else is needed for one.
    """
    aanbod = next(each for each in opgave.voorwaarden if each.code == AANBOD)
    if not opgave.onder([aanbod]).haalbaar():
        return (aanbod,)
    over = [each for each in opgave.voorwaarden if each is not aanbod]
    for voorwaarde in reversed(tuple(over)):
        zonder = [each for each in over if each is not voorwaarde]
        if not opgave.onder([*zonder, aanbod]).haalbaar():
            over = zonder
    return tuple(over)


def _voorstellen(opgave: Opgave, conflict: Sequence[Voorwaarde]) -> Iterator[Voorstel]:
    """One change that is enough where there is; else the fewest together."""
    gevonden = False
    for voorwaarde in conflict:
        if naaste := _naaste(opgave, voorwaarde, {}):
            gevonden = True
            yield naaste[1]
    andere = [each for each in opgave.voorwaarden if each.code != AANBOD]
    for aantal in range(2, MEESTE_SAMEN + 1):
        if gevonden:
            return
        for samen in combinations(andere, aantal):
            if any(each in conflict for each in samen) and (voorstel := _samen(opgave, samen)):
                gevonden = True
                yield voorstel


def _samen(opgave: Opgave, samen: Sequence[Voorwaarde]) -> Voorstel | None:
    """Change these together: lift all, then tighten each as far as the others allow."""
    anders = {each.code: list(_versoepelingen(opgave, each))[-1] for each in samen}
    voorstel = _probeer(opgave, anders)
    if voorstel is None:
        return None
    for voorwaarde in samen:
        rest = {code: each for code, each in anders.items() if code != voorwaarde.code}
        if gevonden := _naaste(opgave, voorwaarde, rest):
            anders[voorwaarde.code], voorstel = gevonden
    return voorstel


def _naaste(
    opgave: Opgave, voorwaarde: Voorwaarde, rest: dict[str, Versoepeling]
) -> tuple[Versoepeling, Voorstel] | None:
    """The nearest looser form of a condition that makes a way, with the changes of `rest` made too."""
    for anders in _versoepelingen(opgave, voorwaarde):
        if (voorstel := _probeer(opgave, {**rest, voorwaarde.code: anders})) is not None:
            return anders, voorstel
    return None


def _probeer(opgave: Opgave, anders: dict[str, Versoepeling]) -> Voorstel | None:
    voorwaarden = []
    for voorwaarde in opgave.voorwaarden:
        nieuw = anders[voorwaarde.code][0] if voorwaarde.code in anders else voorwaarde
        if nieuw is not None:
            voorwaarden.append(nieuw)
    instantie = opgave.onder(voorwaarden)
    if not instantie.haalbaar():
        return None
    vroegst = front(instantie.kern, 3, start=instantie.start, seconden=1.0, meeste_plannen=1).punten
    tekst = reduce(lambda een, ander: zin("samen", een=een, ander=ander), (woorden for _, woorden in anders.values()))
    begin = einde = None
    if vroegst and AANBOD not in anders:
        stappen = [jaar for plaats, jaar in vroegst[0].plannen[0].stappen if plaats >= 0]
        begin = eerste_september(stappen[0]) if stappen else None
        einde = dertig_juni(vroegst[0].vector[0], 0)
    waarden = tuple(nieuw.waarde if nieuw else "" for nieuw, _ in anders.values())
    return Voorstel(tuple(anders), waarden, tekst, begin, einde)


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
    sleutel = f"los-{voorwaarde.code}"
    return zin(sleutel if sleutel in zinnen() else "los", waarde=voorwaarde.waarde, voorwaarde=voorwaarde.tekst)


def _reden(opgave: Opgave, conflict: Sequence[Voorwaarde]) -> Zin:
    """The sentence above the list."""
    wegen = next((each for each in conflict if each.code == "wegen"), None)
    if wegen and wegen.waarde == "evc" and any(h.startswith(("ok:", "so:", "graad")) for h in _doelfeiten(opgave)):
        return zin("reden-evc")
    if [each.code for each in conflict] == [AANBOD]:
        return zin("reden-aanbod", release=opgave.aanbod.catalogus.release)
    return zin("reden")


def _doelfeiten(opgave: Opgave) -> set[str]:
    return {feit for keuze in alternatieven(opgave.doel) for feit in keuze}
