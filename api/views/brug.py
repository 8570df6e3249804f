"""The page of a bridge: both directions, what is missing first, what closes the gap; likenesses apart from proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ...pathways.brug import Brug, Competentieoordeel
from ...pathways.houder import Ding
from ...pathways.oordeel import Regel, Verdict
from ...pathways.suggesties import suggesties
from ...pathways.vergelijking import Vergelijking
from ..pages import Page
from ..pdf_brug import Woorden, brugdocument
from ..svg import OORDELEN, stukken
from ..svg_brug import brugtekening
from .kloof import ketenblad, kloofblad

REGELS: Mapping[Regel, str] = {
    Regel.ZELFDE: "dezelfde competentie",
    Regel.BESLUIT: "een opgeschreven besluit",
    Regel.KETEN: "een keten van opgeschreven besluiten",
    Regel.DEEL_VOLGENS_BESLUIT: "een deel, volgens een opgeschreven besluit",
    Regel.ZONDER_REFERENTIE: "zonder referentie is er niets om op te steunen",
    Regel.ZELFDE_TEKST_ZONDER_REFERENTIE: "zelfde bewoording, maar zonder referentie",
    Regel.ZELFDE_REFERENTIES_EN_TEKST: "zelfde referenties en zelfde bewoording",
    Regel.ANDERE_TEKST: "zelfde referenties, andere bewoording",
    Regel.MEERDERE_SAMEN: "meerdere competenties samen brengen alle referenties",
    Regel.DEEL_VAN_REFERENTIES: "een deel van de referenties",
    Regel.GEEN_VERGELIJKBARE_REFERENTIE: "alleen nummers van het dossier zelf: die zeggen niets over een ander dossier",
    Regel.NIETS_GEDEELD: "geen enkele referentie gedeeld",
    Regel.MINDER_KENNIS: "zelfde competentie, minder diepe kennis",
    Regel.GEDEELTELIJK_BEWEZEN: "misschien bewezen door een gedeeltelijke opleiding",
}
"""Each rule as a reason that a person can follow."""

FILTERS: Mapping[str, tuple[str, Callable[[Verdict], bool]]] = {
    "rest": ("Nog niet gedekt", lambda verdict: verdict is not Verdict.GEDEKT),
    "gedekt": ("Gedekt", lambda verdict: verdict is Verdict.GEDEKT),
    "alles": ("Alles", lambda _: True),
}
"""What `?toon=` shows; what is missing comes first."""

TABS = {
    "tabel": "Competenties",
    "kloof": "De kloof dichten",
    "keten": "Stapstenen",
    "suggesties": "Suggesties",
    "ernaast": "Wat ernaast staat",
}


def kiespagina(page: Page, van: str, naar: str) -> bytes:
    """The form that asks for both ends."""
    return page.html("brug_kiezen.html", {"kwalificaties": page.kwalificatiekeuzes(), "van": van, "naar": naar})


def brugpagina(page: Page, heen: Brug, terug: Sequence[Brug], view: Vergelijking) -> bytes:
    """The bridge and, beside it, the bridges back; `view` is what they were computed on."""
    query = page.request.query_params
    tab = query.get("tab", "") if query.get("tab", "") in TABS else "tabel"
    values = {
        "heen": heen,
        "terug": terug,
        "stukken_van": lambda brug: stukken(brug.dekking),
        "noem": lambda ding: noem(page, ding),
        "genoemd": lambda ding: genoemd(page, ding),
        "merk": lambda iri: _merk(page, view, iri),
        "tab": tab,
        "tabs": [(key, page._(naam), page.met(tab=key, toon=None)) for key, naam in TABS.items()],
        "oordelen": {verdict: page._(naam) for verdict, naam in OORDELEN.items()},
        "redenen": {regel: page._(reden) for regel, reden in REGELS.items()},
        "onderdelen": onderdelen,
        **_blad(page, tab, heen, view),
    }
    return page.html(f"brug/{tab}.html", values)


def noem(page: Page, ding: Ding) -> str:
    """The name of one end in the language of the page, or in one that it has."""
    naam = page.tekst(ding.naam) or ding.code
    return page._("EVC: {naam}", naam=naam) if ding.evc else naam


def genoemd(page: Page, ding: Ding) -> Markup:
    """The same, marked with its language where that is not the one of the page."""
    naam = page.gemerkt(ding.naam or {"": ding.code})
    return page.met_namen("EVC: {naam}", naam=naam) if ding.evc else naam


def _merk(page: Page, view: Vergelijking, iri: str) -> Markup:
    """Marks the wording of a competence with its language."""
    taal = view.competentie[iri].taal
    return page.in_taal(taal) if taal else page.vlaams(iri)


def _blad(page: Page, tab: str, heen: Brug, view: Vergelijking) -> dict[str, Any]:
    if tab == "kloof":
        return kloofblad(page, heen, view)
    if tab == "keten":
        return ketenblad(page, heen, view)
    if tab == "suggesties":
        return {"suggesties": _suggesties(view, heen)}
    asked = page.request.query_params.get("toon", "")
    toon = asked if asked in FILTERS else ("rest" if heen.resterend else "alles")
    aantallen = {key: sum(keep(o.oordeel.verdict) for o in heen.competenties) for key, (_, keep) in FILTERS.items()}
    filters = [(key, page._(naam), aantallen[key], page.met(toon=key, tab=None)) for key, (naam, _) in FILTERS.items()]
    return {"toon": toon, "rijen": gekozen(heen, toon), "filters": filters}


def brugbestand(page: Page, heen: Brug, toon: str) -> bytes:
    """The bridge as a drawing to take along, with the rows that are shown."""
    oordelen = {verdict: page._(naam) for verdict, naam in OORDELEN.items()}
    return brugtekening(heen, gekozen(heen, toon), _titel(page, heen), _onder(page, heen), oordelen)


def brugpdf(page: Page, heen: Brug, terug: Sequence[Brug], toon: str, adres: str) -> bytes:
    """The bridge as a PDF with the rows that are shown; `adres` is where the same answer can be had again."""
    besluiten = [besluit for rij in heen.competenties for besluit in rij.oordeel.besluiten]
    rijen = gekozen(heen, toon)
    woorden = Woorden(
        titel=f"{page._('Brug')}: {_titel(page, heen)}",
        onder=_onder(page, heen),
        richtingen=[_richting(page, brug) for brug in (heen, *terug)],
        toont=f"{page._('Competenties')}: {page._(FILTERS[toon][0]).lower()} ({len(rijen)})",
        oordelen={verdict: page._(naam) for verdict, naam in OORDELEN.items()},
        redenen={regel: page._(reden) for regel, reden in REGELS.items()},
        ontbreekt=page._("Ontbreekt nog:"),
        besluit={een.auteur: page._("Besluit van {auteur}", auteur=een.auteur) for een in besluiten},
        leeg=page._("Niets in deze lijst."),
        adres=f"{page._('Blijvend adres')}: {adres}",
    )
    return brugdocument(heen, terug, rijen, woorden, page.taal)


def onderdelen(rij: Competentieoordeel) -> list[str]:
    """The codes of the parts that a decision asks for and that are not held."""
    return [iri.rpartition("/")[2] for iri in rij.oordeel.ontbrekende_delen]


def _titel(page: Page, heen: Brug) -> str:
    return " + ".join(noem(page, ding) for ding in heen.van) + " → " + noem(page, heen.naar)


def _onder(page: Page, heen: Brug) -> str:
    return page._(
        "Brug op {datum}, release {nummer}, regels {regelset}",
        datum=page.datum(heen.datum),
        nummer=heen.release,
        regelset=heen.regelset,
    )


def _richting(page: Page, brug: Brug) -> tuple[str, str]:
    dekking = brug.dekking
    zin = page._(
        "Bewezen: {bewezen} van {van}. Hoogstens mogelijk: {mogelijk} van {van}.",
        bewezen=dekking.bewezen,
        van=dekking.van,
        mogelijk=dekking.mogelijk,
    )
    return page._("Naar {naam}", naam=noem(page, brug.naar)), zin


def gekozen(heen: Brug, toon: str) -> list[Competentieoordeel]:
    """The rows of one of FILTERS; what is taken along is what is shown."""
    return [rij for rij in heen.competenties if FILTERS[toon][1](rij.oordeel.verdict)]


def _suggesties(view: Vergelijking, heen: Brug) -> list[tuple[Competentieoordeel, list[Any]]]:
    per: defaultdict[str, list[Any]] = defaultdict(list)
    for suggestie in suggesties(view, heen):
        per[suggestie.naar].append(suggestie)
    return [(rij, per[rij.competentie.iri]) for rij in heen.competenties if rij.competentie.iri in per]
