"""Why there is no leertraject: a minimal set of conditions that conflict, and the nearest changes that make one.

The conflict is found by deletion: a condition stays only if without it, and without those already dropped, there is a
way. So each of those that stay is needed. The changes are tried nearest first, with all other conditions kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from .doorstroomregels import NAMEN, UREN_PER_WEEK
from .kalender import dertig_juni, eerste_september
from .leertraject import Conflictdeel, Onhaalbaar, Voorstel
from .opgave import Opgave
from .pareto import front
from .regelboom import alternatieven
from .voorwaarden import Voorwaarde, contract, werkplek_max, werkplek_min

MEESTE_SAMEN = 3
AANBOD = "aanbod"
Versoepeling = tuple[Voorwaarde | None, str, str]
"""What stands in for a condition (None lifts it), and the change in words (nl, en)."""


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
    nl = " en ".join(tekst for _, tekst, _ in anders.values())
    en = " and ".join(tekst for _, _, tekst in anders.values())
    begin = einde = None
    if vroegst and AANBOD not in anders:
        stappen = [jaar for plaats, jaar in vroegst[0].plannen[0].stappen if plaats >= 0]
        begin = eerste_september(stappen[0]) if stappen else None
        einde = dertig_juni(vroegst[0].vector[0], 0)
    waarden = tuple(nieuw.waarde if nieuw else "" for nieuw, _, _ in anders.values())
    return Voorstel(tuple(anders), waarden, {"nl": nl, "en": en}, begin, einde)


def _versoepelingen(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    """Looser forms of a condition, nearest first; the last lifts it."""
    soort = voorwaarde.code
    if soort in ("werkplek-min", "werkplek-max"):
        yield from _uren(opgave, voorwaarde)
    elif soort == "contract":
        soorten = {h.contract for h in opgave.aanbod.handelingen if h.contract} - {voorwaarde.waarde}
        for ander in sorted(soorten):
            yield contract(opgave.aanbod, ander), f"met een {ander}-contract", f"with a {ander} contract"
    elif soort in ("max-duur", "einddatum"):
        yield from _langer(opgave, voorwaarde)
    elif soort == "schooljaar":
        yield from _later(opgave, voorwaarde)
    nl, en = _los(voorwaarde)
    yield None, nl, en


def _uren(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    nu, hoger = int(voorwaarde.waarde), voorwaarde.code == "werkplek-max"
    bekend = {h.uren_min if hoger else h.uren_max for h in opgave.aanbod.handelingen}
    getallen = sorted(each for each in bekend if each is not None and (each > nu) == hoger and each != nu)
    maak = werkplek_max if hoger else werkplek_min
    for uren in getallen if hoger else reversed(getallen):
        verschil, nl, en = abs(uren - nu), "meer" if hoger else "minder", "more" if hoger else "fewer"
        yield (
            maak(opgave.aanbod, uren),
            f"met {verschil} uur {nl} op de werkplek per week ({uren} in plaats van {nu})",
            f"with {verschil} hours {en} on the work floor a week ({uren} instead of {nu})",
        )


def _langer(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    laatst = voorwaarde.laatst or opgave.begin
    for jaar in range(laatst + 1, opgave.begin + opgave.wens.horizon + 1):
        dag = dertig_juni(jaar, 0).isoformat()
        nieuw = dag if voorwaarde.code == "einddatum" else str(jaar - opgave.begin)
        ruimer = msgspec.structs.replace(voorwaarde, laatst=jaar, waarde=nieuw)
        if voorwaarde.code == "max-duur":
            meer = jaar - laatst
            woord = "schooljaar" if meer == 1 else "schooljaren"
            yield ruimer, f"met {meer} {woord} meer", f"with {meer} more school year{'s' if meer > 1 else ''}"
        else:
            yield ruimer, f"met als einde {dag}", f"ending on {dag}"


def _later(opgave: Opgave, voorwaarde: Voorwaarde) -> Iterator[Versoepeling]:
    nu = voorwaarde.start or opgave.begin
    for jaar in range(nu + 1, opgave.begin + opgave.wens.horizon):
        ander = msgspec.structs.replace(voorwaarde, start=jaar, waarde=str(jaar))
        yield ander, f"vanaf 1 september {jaar}", f"from 1 September {jaar}"


def _los(voorwaarde: Voorwaarde) -> tuple[str, str]:
    """Lifting a condition, in words."""
    soort, waarde = voorwaarde.code, voorwaarde.waarde
    woorden = {
        "contexten": (
            "met een bedrijf dat de verplichte contexten biedt",
            "with a company with the obligatory contexts",
        ),
        "werkplekken": ("met een werkplek die nu niet is opgegeven", "with a work place that is not given now"),
        "wegen": ("als ook andere wegen mogen", "if other ways are allowed too"),
        "vermijd": (f"als {waarde} toch mag", f"if {waarde} is allowed after all"),
        "arbeidsrijp": ("als de leerling arbeidsrijp is", "if the learner is ready to learn at work"),
        "arbeidsbereid": ("als de leerling arbeidsbereid is", "if the learner is willing to learn at work"),
        "klassenraad": (f"met een {NAMEN['klassenraad']}", "with a favourable decision of the admission council"),
        "buso:OV3": (f"met een {NAMEN['buso:OV3']}", "with a report for training form 3"),
        "ervaring": ("met werkervaring voor een EVC-traject", "with work experience for recognition of prior learning"),
        "leeftijd-max": ("zonder de leeftijdsgrens van 25 jaar voor duaal leren", "without the age limit of 25"),
        "leeftijd-min": ("zonder de leeftijdsgrens van 15 jaar voor duaal leren", "without the lower age limit"),
        "aanbod": (f"met een nieuw aanbod voor {waarde}", f"with a new offer for {waarde}"),
        "contract": ("met eender welk contract", "with any contract"),
        "schooljaar": ("zonder vast begin", "without a fixed begin"),
    }
    if soort == "uren-per-week":
        meer = UREN_PER_WEEK.waarde - int(waarde)
        return f"met {meer} uur per week meer", f"with {meer} more hours a week"
    return woorden.get(soort, (f"zonder de voorwaarde: {voorwaarde.tekst['nl']}", f"without: {voorwaarde.tekst['en']}"))


def _reden(opgave: Opgave, conflict: Sequence[Voorwaarde]) -> dict[str, str]:
    """The sentence above the list."""
    wegen = next((each for each in conflict if each.code == "wegen"), None)
    if wegen and wegen.waarde == "evc" and any(h.startswith(("ok:", "so:", "graad")) for h in _doelfeiten(opgave)):
        return {
            "nl": "EVC bewijst enkel een beroeps- of deelkwalificatie: een onderwijskwalificatie vraagt ook de "
            "algemene vorming, en die kan niet door EVC (decreet van 26 april 2019).",
            "en": "Recognition of prior learning proves a professional or partial qualification only: an educational "
            "qualification asks general education too, which it cannot prove (decree of 26 April 2019).",
        }
    if [each.code for each in conflict] == [AANBOD]:
        return {
            "nl": f"Geen erkende opleiding en geen EVC-standaard in release {opgave.aanbod.catalogus.release} leidt "
            f"hierheen.",
            "en": "No recognised programme and no standard for prior learning in this release leads here.",
        }
    return {
        "nl": "Deze voorwaarden gaan niet samen; zonder een ervan is er wel een weg.",
        "en": "These conditions do not go together; without one of them there is a way.",
    }


def _doelfeiten(opgave: Opgave) -> set[str]:
    return {feit for keuze in alternatieven(opgave.doel) for feit in keuze}
