"""The dual profile of a programme: what must, may and cannot be learned on the work floor, and whether it can be dual.

The sector's verdict limits what a company offers and what a learner plans; nothing here schedules anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from ..graph.catalogus import Contract, Erkenning, Programma
from .bijkomend import Bijkomend, bijkomend
from .oordelen import Oordeelsteun, Profielregel, standen_over
from .soorten import Bereiksoort, Haalbaarheid, Haalbaarheidsbesluit, Toestand
from .toestand import Stand, Stuk
from .wereld import Wereld

VOLTIJDS = 36
"""Hours a week, at school and on the work floor together, that no dual programme exceeds: a wide bound, so that what is
refused for want of hours is refused with certainty."""


class Duaalprofiel(msgspec.Struct, frozen=True):
    """The profile of a programme on a day; `kan_duaal` is None while something needed is undecided.

    `waarom` are the reasons, `nog_te_weten` what is missing; every reason names the decision or the rule.
    """

    release: int
    dag: date
    programma: str
    titel: str
    erkenning: str
    duaal_ingericht: bool
    regels: tuple[Profielregel, ...]
    contract: Contract | None
    contexten: tuple[str, ...]
    kan_duaal: bool | None
    waarom: tuple[str, ...]
    nog_te_weten: tuple[str, ...] = ()
    over_de_opleiding: tuple[Oordeelsteun, ...] = ()
    bijkomend: Bijkomend = Bijkomend()

    def aantal(self, haalbaarheid: Haalbaarheid) -> int:
        """How many competences have that verdict."""
        return sum(regel.haalbaarheid is haalbaarheid for regel in self.regels)


def duaalprofiel(stand: Stand, wereld: Wereld, programma: str, dag: date) -> Duaalprofiel:
    """The dual profile of a programme on that day. Raises UnknownCodeError for a programme that is not there."""
    opleiding = wereld.programma(programma)
    erkenning = wereld.erkenning(programma, dag)
    regels = tuple(_regels(stand, wereld, erkenning, dag)) if erkenning else ()
    contexten = erkenning.contexten.namen if erkenning and erkenning.contexten else ()
    zelf = tuple(_over_de_opleiding(stand, opleiding, dag))
    tegen = list(_tegen(opleiding, erkenning, regels, zelf, dag))
    open_ = list(_open(erkenning, regels))
    versies = (*erkenning.volledig, *erkenning.gedeeltelijk) if erkenning else ()
    return Duaalprofiel(
        release=wereld.catalogus.release,
        dag=dag,
        programma=programma,
        titel=opleiding.titel,
        erkenning=erkenning.code if erkenning else "",
        duaal_ingericht=opleiding.duaal,
        regels=regels,
        contract=erkenning.contract if erkenning else None,
        contexten=contexten,
        kan_duaal=False if tegen else None if open_ else True,
        waarom=tuple(tegen or _voor(regels, erkenning)),
        nog_te_weten=tuple(open_),
        over_de_opleiding=zelf,
        bijkomend=bijkomend(stand, programma, versies, dag),
    )


def _regels(stand: Stand, wereld: Wereld, erkenning: Erkenning, dag: date) -> Iterator[Profielregel]:
    for code in (*erkenning.volledig, *erkenning.gedeeltelijk):
        if code in wereld.catalogus.kwalificaties:
            yield from standen_over(stand, wereld, code, dag)


def _over_de_opleiding(stand: Stand, opleiding: Programma, dag: date) -> Iterator[Oordeelsteun]:
    """The ratified verdicts on the programme as a whole."""
    for stuk in stand.over(f"programma/{opleiding.code}"):
        besluit = stuk.besluit
        if isinstance(besluit, Haalbaarheidsbesluit) and stuk.geldt(dag):
            yield Oordeelsteun(stuk.id, str(besluit.instantie), besluit.haalbaarheid, besluit.reden, besluit.voorwaarde)


def _tegen(
    opleiding: Programma,
    erkenning: Erkenning | None,
    regels: tuple[Profielregel, ...],
    zelf: tuple[Oordeelsteun, ...],
    dag: date,
) -> Iterator[str]:
    """Why the programme cannot be dual."""
    if erkenning is None:
        yield f"op {dag.isoformat()} heeft {opleiding.code} geen geldende erkenning"
    for steun in zelf:
        if steun.haalbaarheid is Haalbaarheid.KAN_NIET:
            yield f"besluit {steun.besluit} van {steun.instantie}: kan niet duaal ({steun.reden})"
    if regels and all(regel.haalbaarheid is Haalbaarheid.KAN_NIET for regel in regels):
        yield "geen enkele competentie kan op de werkvloer geleerd worden"
    contract = erkenning.contract if erkenning else None
    moet = [regel for regel in regels if regel.haalbaarheid is Haalbaarheid.MOET]
    if contract and contract.uren_max == 0 and moet:
        yield f"de overeenkomst laat geen uren op de werkvloer toe, en {len(moet)} competenties moeten daar"
    if contract and regels:
        yield from _uren(contract, regels)
    if erkenning and erkenning.contexten:
        yield from _contexten(erkenning, moet)


def _uren(contract: Contract, regels: tuple[Profielregel, ...]) -> Iterator[str]:
    """Whether the verdicts leave room for the least hours of the contract.

    No source says the hours of a competence, so only what holds for every division of them is said: the share on the
    work floor is never more than the greatest share that any competence allows.
    """
    ruimte = max(_ruimte(regel) for regel in regels)
    hoogstens = ruimte * VOLTIJDS // 100
    if contract.uren_min is not None and hoogstens < contract.uren_min:
        yield (
            f"de besluiten laten hoogstens {ruimte} % van de tijd op de werkvloer toe, {hoogstens} van {VOLTIJDS} uur "
            f"per week; {contract.soort} vraagt er minstens {contract.uren_min}"
        )


def _ruimte(regel: Profielregel) -> int:
    """The greatest share, in per cent, of a competence on the work floor; who has not decided forbids nothing."""
    if regel.haalbaarheid is Haalbaarheid.KAN_NIET:
        return 0
    aandelen = [steun.voorwaarde.aandeel for steun in regel.steunt if steun.voorwaarde.aandeel is not None]
    return min(aandelen, default=100)


def _contexten(erkenning: Erkenning, moet: list[Profielregel]) -> Iterator[str]:
    """Obligatory contexts that no must-verdict with contexts can be met in."""
    verplicht = set(erkenning.contexten.namen) if erkenning.contexten else set()
    for regel in moet:
        eigen = {context for steun in regel.steunt for context in steun.voorwaarde.contexten}
        if eigen and eigen.isdisjoint(verplicht):
            yield (
                f"{regel.competentie} moet op de werkvloer in {', '.join(sorted(eigen))}, "
                f"en geen daarvan is een verplichte context van {erkenning.code}"
            )


def _open(erkenning: Erkenning | None, regels: tuple[Profielregel, ...]) -> Iterator[str]:
    """What has to be known before it can be said that the programme can be dual."""
    if erkenning and erkenning.contract is None:
        yield "de erkenning noemt geen overeenkomst, dus geen uren op de werkvloer"
    onbeslist = [regel for regel in regels if regel.haalbaarheid is Haalbaarheid.NOG_NIET_BESLIST]
    oneens = [regel for regel in onbeslist if regel.oneens]
    if oneens:
        yield f"{len(oneens)} competenties waarover sectoren het oneens zijn"
    if len(onbeslist) > len(oneens):
        yield f"{len(onbeslist) - len(oneens)} competenties waarover nog niet beslist is"
    if erkenning and not regels:
        yield "van de kwalificaties van deze erkenning zijn geen competenties geladen"


def _voor(regels: tuple[Profielregel, ...], erkenning: Erkenning | None) -> Iterator[str]:
    op_de_werkvloer = sum(regel.haalbaarheid in (Haalbaarheid.KAN, Haalbaarheid.MOET) for regel in regels)
    yield f"{op_de_werkvloer} van {len(regels)} competenties kunnen of moeten op de werkvloer"
    if erkenning and erkenning.contract:
        yield urenregel(erkenning.contract)


def urenregel(contract: Contract) -> str:
    """The rule of hours that a contract carries (decreet 10-06-2016; domain.md §3.4).

    >>> urenregel(Contract("OAO", "min-20", 20))
    'OAO: minstens 20 uur per week op de werkvloer'
    """
    if contract.uren_min is None:
        return f"{contract.soort}: afwijking ({contract.omschrijving or contract.werkplekcomponent})"
    if contract.uren_max is None:
        return f"{contract.soort}: minstens {contract.uren_min} uur per week op de werkvloer"
    return f"{contract.soort}: {contract.uren_min} tot {contract.uren_max} uur per week op de werkvloer"


class Duaalgrens(msgspec.Struct, frozen=True):
    """What ratified decisions ask of a programme: why it cannot be dual, and what must be learned on the work floor."""

    programma: str
    neen: tuple[str, ...]
    moet: tuple[str, ...]


def grenzen(stand: Stand, wereld: Wereld, dag: date) -> tuple[Duaalgrens, ...]:
    """For each programme that is arranged as dual what the decisions of that day forbid or ask; the rest is left out.

    `moet` are codes of competences, in the order of the profile.
    """
    stukken = [
        stuk
        for stuk in stand.haalbaarheid(Toestand.BEKRACHTIGD)
        if isinstance(stuk.besluit, Haalbaarheidsbesluit)
        and stuk.besluit.haalbaarheid in (Haalbaarheid.KAN_NIET, Haalbaarheid.MOET)
        and stuk.geldt(dag)
    ]
    eerste = {(*wereld.sleutels(stuk.besluit.bereik),): stuk for stuk in stukken}
    codes = sorted({code for stuk in eerste.values() for code in geraakt(wereld, stuk, dag)})
    profielen = (duaalprofiel(stand, wereld, code, dag) for code in codes if code in wereld.catalogus.programmas)
    gevonden = (_grens(profiel) for profiel in profielen if profiel.duaal_ingericht and profiel.erkenning)
    return tuple(grens for grens in gevonden if grens.neen or grens.moet)


def _grens(profiel: Duaalprofiel) -> Duaalgrens:
    moet = [regel.competentie for regel in profiel.regels if regel.haalbaarheid is Haalbaarheid.MOET]
    neen = profiel.waarom if profiel.kan_duaal is False else ()
    return Duaalgrens(profiel.programma, neen, tuple(dict.fromkeys(moet)))


def steunt_op(profiel: Duaalprofiel) -> frozenset[str]:
    """Every decision that a profile cites: revoking another one leaves the profile as it was."""
    steunen = [steun for regel in profiel.regels for steun in regel.steunt]
    regels = {kenmerk for steun in (*steunen, *profiel.over_de_opleiding) for kenmerk in (steun.besluit, steun.via)}
    keuzes = {regel.keuze for regel in profiel.regels}
    return frozenset((regels | keuzes | profiel.bijkomend.besluiten) - {""})


def geraakt(wereld: Wereld, stuk: Stuk, dag: date) -> list[str]:
    """The programmes whose profile a decision touches: those whose recognition of that day holds what it is about."""
    if stuk.besluit.bereik.soort is Bereiksoort.PROGRAMMA:
        return [stuk.besluit.bereik.programma]
    versies = (sleutel.removeprefix("versie/") for sleutel in wereld.sleutels(stuk.besluit.bereik))
    met = wereld.opleidingen_met(dag)
    return sorted({code for versie in versies for code in met.get(versie, ())})
