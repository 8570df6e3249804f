"""The page of a programme: one picture of the route, and everything that legally holds for it beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ...graph.catalogus import Erkenning, Programma, Studiebewijs
from ...graph.fasen import fase_op
from ...pathways.doorstroomregels import DUAAL_TOT, DUAAL_VANAF, TOELATING
from ...pathways.regelboom import Blad, Deel
from ..pages import Page
from ..svg_route import Route, routetekening
from .bron import bron_van

KAART = """PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?erkenning ?bewijs ?naam WHERE {{
  <{iri}> leer:heeftErkenning ?erkenning .
  ?erkenning leer:verleent ?bewijs . ?bewijs skos:prefLabel ?naam .
}} ORDER BY ?erkenning ?naam"""


class Toelating(NamedTuple):
    """What admission asks, in words, and where that is written."""

    eist: str
    bron: str


def programmapagina(page: Page, programma: Programma) -> bytes:
    """The page of a programme; the recognition that holds today (else the newest) is drawn, the others are listed."""
    erkenningen = [page.served.catalogus.erkenningen[code] for code in reversed(programma.erkenningen)]
    huidige = next(
        (e for e in erkenningen if e.geldigheid.omvat(date.today())), erkenningen[0] if erkenningen else None
    )
    route = route_van(page, programma, huidige) if huidige else None
    values = {
        "programma": programma,
        "fase": fase_op(programma.geldigheid, date.today()),
        "feiten": list(_feiten(page, programma)),
        "erkenning": huidige,
        "andere_erkenningen": [e for e in erkenningen if e is not huidige],
        "route": route,
        "tekening": routetekening(route, page._("De weg door {titel}", titel=programma.titel)) if route else "",
        "toelating": toelating(page, programma),
        "vervolg": vervolg(page, programma, huidige),
        **bron_van(page, programma.iri, KAART.format(iri=programma.iri)),
    }
    return page.html("programma.html", values)


def _feiten(page: Page, programma: Programma) -> Iterator[str]:
    lists = (
        ("graad", programma.graad),
        ("finaliteit", programma.finaliteit),
        ("onderwijsvorm", programma.onderwijsvorm),
        ("opleidingsvorm", programma.opleidingsvorm),
        ("studiedomein", programma.studiedomein),
        ("soort-zevende-leerjaar", programma.zevende),
    )
    yield from (page.begrip_uit(lijst, code) for lijst, code in lists if code)
    yield page._("duaal") if programma.duaal else page._("voltijds")
    if programma.aanloop:
        yield page._("aanloopfase")
    yield from (page.begrip_uit("onderwijsstelsel", stelsel) for stelsel in programma.stelsels)


def toelating(page: Page, programma: Programma) -> list[Toelating]:
    """The conditions of the law; the additional ones of the recognition stand with the recognition."""
    regel = next((regel for regel in TOELATING if regel.geldt_voor(programma)), None)
    conditions = [Toelating(_in_woorden(page, regel.eist), regel.bron)] if regel else []
    if programma.duaal:
        leeftijd = page._(
            "voltijds leerplicht voorbij (minstens {van} jaar) en hoogstens {tot} jaar", van=DUAAL_VANAF, tot=DUAAL_TOT
        )
        conditions.append(Toelating(leeftijd, "https://onderwijs.vlaanderen.be"))
    return conditions


def _in_woorden(page: Page, deel: Deel) -> str:
    """A rule tree as a phrase: "a, of b en c"."""
    if isinstance(deel, Blad):
        return page._(deel.naam)
    joiner = page._(" en ") if deel.aantal.minstens == len(deel.delen) else page._(", of ")
    return joiner.join(_in_woorden(page, each) for each in deel.delen)


def vervolg(page: Page, programma: Programma, erkenning: Erkenning | None) -> list[tuple[Programma, str]]:
    """Programmes that this one leads to: what it prepares for, and where one of its proofs gives flexible entry."""
    catalogus = page.served.catalogus
    found = [
        (catalogus.programmas[code], page._("bereidt hierop voor"))
        for code in programma.vervolg
        if code in catalogus.programmas
    ]
    lijnen = {
        catalogus.kwalificaties[code].reeks
        for code in (erkenning.volledig if erkenning else ())
        if code in catalogus.kwalificaties
    }
    for ander in catalogus.programmas.values():
        nieuwste = catalogus.erkenningen[ander.erkenningen[-1]] if ander.erkenningen else None
        if nieuwste and nieuwste.instap and ander.code != programma.code and lijnen & set(nieuwste.instap.bewijzen):
            found.append((ander, page._("flexibele instap met een bewijs van hier")))
    found += [
        (catalogus.programmas[code], page._("volgt deze opleiding op"))
        for code in programma.opvolgers
        if code in catalogus.programmas
    ]
    return found


def route_van(page: Page, programma: Programma, erkenning: Erkenning) -> Route:
    """The route as words: what the drawing draws and its table tells."""
    contract = erkenning.contract
    werk = ""
    if programma.duaal:
        werk = page.uren(contract) if contract and contract.uren_min else page._("op de werkplek")
    instap = [_in_woorden(page, regel.eist) for regel in TOELATING if regel.geldt_voor(programma)][:1]
    if erkenning.instap and (erkenning.instap.bewijzen or erkenning.instap.onbekend or erkenning.instap.certificaten):
        instap.append(page._("of flexibel: {regel}", regel=page.instapregel(erkenning.instap)))
    instap += [
        page._("via {titel}", titel=page.programma_naam(code))
        for code in programma.voorbereidend
        if code in page.served.catalogus.programmas
    ]
    jaren = [page._("Leerjaar {nummer}", nummer=number) for number in range(1, max(programma.leerjaren, 1) + 1)]
    if programma.aanloop:
        jaren = [page._("Aanloopfase: zo kort als kan, zo lang als nodig")]
    elif not programma.leerjaren:
        jaren = [page._("Duur vrij te bepalen")]
    return Route(
        instap=tuple(instap),
        jaren=tuple(jaren),
        school=page._("op school"),
        werk=werk,
        onderweg=tuple(
            _kort(page, bewijs) for bewijs in sorted(erkenning.studiebewijzen, key=_soort) if not bewijs.maximaal
        ),
        einde=tuple(_kort(page, bewijs) for bewijs in erkenning.studiebewijzen if bewijs.maximaal),
        koppen=(page._("Instap"), page._("Bewijzen onderweg"), page._("Bij volledig slagen")),
    )


def _soort(bewijs: Studiebewijs) -> tuple[bool, str, str]:
    """Proofs of qualifications first, by code; then the others by kind."""
    return (not bewijs.van, bewijs.van or bewijs.soort, bewijs.naam)


def _kort(page: Page, bewijs: Studiebewijs) -> str:
    """The name of a proof, short where the qualification says it all."""
    if bewijs.van:
        return page._("Bewijs: {naam}", naam=page.naam_van(bewijs.van))
    return bewijs.naam
