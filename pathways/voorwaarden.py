"""The conditions of one question: each can be named, and lifted, on its own, so that a conflict can be explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from ..graph.catalogus import Erkenning
from .doorstroomregels import DUAAL_TOT, DUAAL_VANAF, LEERPLICHT_TOT, UREN_PER_WEEK
from .handelingen import Aanbod, Handeling, Soort
from .kalender import eerste_start
from .leerling import Leerling, Weg, Wens, Werkplek
from .zinnen import Zin, opgesomd, zin


class Voorwaarde(msgspec.Struct, frozen=True):
    """One condition: what it forbids (places of steps), narrows (first and last year), and withholds (facts).

    `laatst` is the school year before whose begin all must be done; `start` the year in which the first step begins;
    `woorden` the value in words where it has any.
    """

    code: str
    tekst: Zin
    waarde: str = ""
    verbiedt: frozenset[int] = frozenset()
    vanaf: Mapping[int, int] = {}
    tot: Mapping[int, int] = {}
    zonder: frozenset[str] = frozenset()
    laatst: int | None = None
    start: int | None = None
    woorden: Zin = {}


Voorwaarden = Iterator[Voorwaarde]


def voorwaarden(aanbod: Aanbod, leerling: Leerling, wens: Wens, doelfeit: str, doelnaam: Zin) -> tuple[Voorwaarde, ...]:
    """Every condition of a question, in the order in which a person would name them; the goal by its name."""
    return (
        *_tijd(wens),
        *_werkvloer(aanbod, wens),
        *_werkplekken(aanbod, leerling, wens),
        *_besluiten(aanbod, wens),
        *_wegen(aanbod, wens),
        *_leerling(aanbod, leerling, wens),
        *_leeftijd(aanbod, leerling, wens),
        _aanbod(doelfeit, doelnaam),
    )


def _tijd(wens: Wens) -> Voorwaarden:
    begin = eerste_start(wens.op)
    if wens.max_jaren is not None:
        tekst = zin("max-duur-een") if wens.max_jaren == 1 else zin("max-duur", aantal=wens.max_jaren)
        yield Voorwaarde("max-duur", tekst, str(wens.max_jaren), laatst=begin + wens.max_jaren)
    if wens.einddatum is not None:
        dag = wens.einddatum
        laatst = dag.year if dag >= dag.replace(month=6, day=30) else dag.year - 1
        laatst = max(laatst, begin) if dag >= wens.op else laatst  # EVC waits for no school year
        yield Voorwaarde("einddatum", zin("einddatum", dag=dag.isoformat()), dag.isoformat(), laatst=laatst)
    if wens.schooljaar is not None:
        tekst = zin("schooljaar", jaar=wens.schooljaar)
        yield Voorwaarde("schooljaar", tekst, str(wens.schooljaar), start=wens.schooljaar)


def werkplek_min(aanbod: Aanbod, uren: int) -> Voorwaarde:
    """At least so many hours a week on the work floor in every enrolment but a preparatory phase."""
    te_weinig = _waar(
        aanbod,
        lambda h: (
            h.soort is not Soort.EVC
            and h.soort is not Soort.AANLOOP
            and (not h.duaal or (h.uren_max is not None and h.uren_max < uren))
        ),
    )
    return Voorwaarde("werkplek-min", zin("werkplek-min", uren=uren), str(uren), verbiedt=te_weinig)


def werkplek_max(aanbod: Aanbod, uren: int) -> Voorwaarde:
    """At most so many hours a week on the work floor."""
    te_veel = _waar(aanbod, lambda h: h.uren_min is not None and h.uren_min > uren)
    return Voorwaarde("werkplek-max", zin("werkplek-max", uren=uren), str(uren), verbiedt=te_veel)


def contract(aanbod: Aanbod, soort: str) -> Voorwaarde:
    """Only this kind of contract in dual programmes."""
    ander = _waar(aanbod, lambda h: bool(h.contract) and h.contract != soort)
    return Voorwaarde("contract", zin("contract", soort=soort), soort, verbiedt=ander)


def _werkvloer(aanbod: Aanbod, wens: Wens) -> Voorwaarden:
    if wens.werkplek_min is not None:
        yield werkplek_min(aanbod, wens.werkplek_min)
    if wens.werkplek_max is not None:
        yield werkplek_max(aanbod, wens.werkplek_max)
    if wens.contract:
        yield contract(aanbod, wens.contract)
    if wens.contexten is not None:
        namen = ", ".join(wens.contexten) or "geen"
        zonder = _waar(aanbod, lambda h: not _contexten(_erkenning(aanbod, h), frozenset(wens.contexten or ())))
        tekst = zin("contexten", namen=namen) if wens.contexten else zin("contexten-geen")
        yield Voorwaarde("contexten", tekst, namen, verbiedt=zonder)


def _werkplekken(aanbod: Aanbod, leerling: Leerling, wens: Wens) -> Voorwaarden:
    if wens.werkplekken is None:
        return
    hier = [each for each in wens.werkplekken if not leerling.regio or each.regio == leerling.regio]
    zonder = _waar(aanbod, lambda h: bool(h.gereed) and not any(_past(aanbod, wens, h, werkplek) for werkplek in hier))
    tekst = zin("werkplekken-regio", regio=leerling.regio) if leerling.regio else zin("werkplekken")
    yield Voorwaarde("werkplekken", tekst, leerling.regio, verbiedt=zonder)


def _besluiten(aanbod: Aanbod, wens: Wens) -> Voorwaarden:
    """What sectors ratified against the dual form of a programme closes it; nothing here schedules anything."""
    neen = {grens.programma: grens.reden for grens in wens.grenzen if grens.reden}
    dicht = _waar(aanbod, lambda h: bool(h.gereed) and h.programma in neen)
    if not dicht:
        return
    programmas = aanbod.catalogus.programmas
    namen = ", ".join(sorted(f"{programmas[code].titel} ({code})" for code in neen if code in programmas))
    yield Voorwaarde("besluiten", zin("besluiten", namen=namen), ", ".join(sorted(neen)), verbiedt=dicht)


def _past(aanbod: Aanbod, wens: Wens, handeling: Handeling, werkplek: Werkplek) -> bool:
    moet = {code for grens in wens.grenzen if grens.programma == handeling.programma for code in grens.moet}
    return (
        (not werkplek.activiteiten or moet <= set(werkplek.activiteiten))
        and werkplek.studiedomein in ("", handeling.studiedomein)
        and (werkplek.uren is None or handeling.uren_min is None or handeling.uren_min <= werkplek.uren)
        and (not werkplek.contexten or _contexten(_erkenning(aanbod, handeling), frozenset(werkplek.contexten)))
    )


def _contexten(erkenning: Erkenning | None, geboden: frozenset[str]) -> bool:
    """Whether the contexts offered meet the obligatory ones."""
    if erkenning is None or erkenning.contexten is None:
        return True
    return sum(naam in geboden for naam in erkenning.contexten.namen) >= erkenning.contexten.aantal


def _erkenning(aanbod: Aanbod, handeling: Handeling) -> Erkenning | None:
    return aanbod.catalogus.erkenningen.get(handeling.begin)


def weg_van(handeling: Handeling) -> Weg:
    """Which kind of step it is for a person."""
    if handeling.soort is Soort.EVC:
        return Weg.EVC
    if handeling.soort is Soort.AANLOOP:
        return Weg.AANLOOP
    return Weg.DUAAL if handeling.duaal else Weg.VOLTIJDS


def _wegen(aanbod: Aanbod, wens: Wens) -> Voorwaarden:
    if wens.wegen is not None:
        ander = _waar(aanbod, lambda h: weg_van(h) not in (wens.wegen or ()))
        wegen = sorted(wens.wegen)
        tekst = zin("wegen", namen=opgesomd([zin(f"weg-{weg}") for weg in wegen]))
        yield Voorwaarde("wegen", tekst, ", ".join(wegen), verbiedt=ander)
    if wens.stelsel:
        zonder = _waar(aanbod, lambda h: h.soort is not Soort.EVC and wens.stelsel not in h.stelsels)
        yield Voorwaarde("stelsel", zin(f"stelsel-{wens.stelsel.casefold()}"), wens.stelsel, verbiedt=zonder)
    if wens.vermijd:
        namen = ", ".join(wens.vermijd)
        zo = _waar(aanbod, lambda h: bool({h.programma, h.begin, h.einde, h.code} & set(wens.vermijd)))
        yield Voorwaarde("vermijd", zin("vermijd", namen=namen), namen, verbiedt=zo)


def _leerling(aanbod: Aanbod, leerling: Leerling, wens: Wens) -> Voorwaarden:
    if leerling.uren_per_week is not None and leerling.uren_per_week < UREN_PER_WEEK.waarde:
        uren = leerling.uren_per_week
        voltijds = _waar(aanbod, lambda h: h.soort is not Soort.EVC)
        yield Voorwaarde("uren-per-week", zin("uren-per-week", uren=uren), str(uren), verbiedt=voltijds)
    if leerling.arbeidsrijp is False:
        yield _zonder("arbeidsrijp")
    if leerling.arbeidsbereid is False:
        yield _zonder("arbeidsbereid")
    if not leerling.buso:
        yield _zonder("buso:OV3")
    if not wens.klassenraad:
        yield _zonder("klassenraad")
    ervaring = frozenset(f"ervaring:{reeks}" for reeks in aanbod.reeksen if reeks not in leerling.ervaring)
    yield Voorwaarde("ervaring", zin("ervaring"), ", ".join(leerling.ervaring), zonder=ervaring)


def _zonder(feit: str) -> Voorwaarde:
    return Voorwaarde(feit, zin(feit), zonder=frozenset({feit}))


def _leeftijd(aanbod: Aanbod, leerling: Leerling, wens: Wens) -> Voorwaarden:
    """Dual learning from 15, past full-time compulsory schooling, and until 25 (onderwijs.vlaanderen.be)."""
    if leerling.leeftijd is None:
        return
    duaal = _waar(aanbod, lambda h: h.duaal)
    na_eerste_graad = any(code.startswith("graad1:") for code in leerling.heeft)
    vroegst = DUAAL_VANAF if leerling.leerplicht_voorbij is not False or na_eerste_graad else LEERPLICHT_TOT
    vanaf = jaar_waarop(leerling, wens, vroegst)
    if vanaf > eerste_start(wens.op):
        tekst = zin("leeftijd-min", leeftijd=vroegst)
        yield Voorwaarde("leeftijd-min", tekst, str(vroegst), vanaf=dict.fromkeys(duaal, vanaf))
    tekst = zin("leeftijd-max", leeftijd=DUAAL_TOT)
    tot = jaar_waarop(leerling, wens, DUAAL_TOT)
    yield Voorwaarde("leeftijd-max", tekst, str(DUAAL_TOT), tot=dict.fromkeys(duaal, tot))


def jaar_waarop(leerling: Leerling, wens: Wens, leeftijd: int) -> int:
    """The year of the 1 September by which the learner surely has that age: one year older for each year passed."""
    return eerste_start(wens.op) + leeftijd - (leerling.leeftijd or 0)


def _aanbod(doelfeit: str, doelnaam: Zin) -> Voorwaarde:
    zonder = frozenset({doelfeit})
    return Voorwaarde("aanbod", zin("aanbod", doel=doelnaam), doelnaam["nl"], zonder=zonder, woorden=doelnaam)


def _waar(aanbod: Aanbod, test: Callable[[Handeling], bool]) -> frozenset[int]:
    return frozenset(plaats for plaats, handeling in enumerate(aanbod.handelingen) if test(handeling))
