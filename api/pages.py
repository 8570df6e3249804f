"""What every page shares: the templates, the language, and the addresses of things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..graph.catalogus import Contexten, Contract, Fase, Geldigheid, Instap, Kwalificatie, Kwalificatiesoort
from ..graph.fasen import fase
from .languages import language_of, translate
from .live import Live, Served

TALEN = (("nl", "Nederlands"), ("en", "English"), ("fr", "Français"))
DIEPTES = ("", "basiskennis", "kennis", "grondige kennis")
EIGEN_WOORDEN = {"type": "soort", "altLabel": "andere naam", "seeAlso": "zie ook", "isVersionOf": "versie van"}
"""Keys of the JSON-LD that are no words of ours."""
STATIC = Path(__file__).parent / "static"

GROEPEN = (
    ("kwalificatie", "Kwalificaties"),
    ("programma", "Opleidingen"),
    ("beroep", "Beroepen"),
    ("competentie", "Competenties"),
    ("standaard", "Beroepsstandaarden van elders"),
    ("doel", "Onderwijsdoelen"),
    ("vraag", "Vragen"),
)
MENU = (
    ("/v1/kwalificaties", "Kwalificaties"),
    ("/v1/bruggen", "Bruggen"),
    ("/v1/leertrajecten", "Leertrajecten"),
    ("/v1/vragen", "Vragen"),
    ("/sector", "Sectorbord"),
    ("/beheer", "Beheer"),
)
"""The main menu: address and name."""

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


VLAAMS = frozenset(
    {
        "beroepskwalificatie",
        "deelkwalificatie",
        "competentie",
        "domein",
        "erkenning",
        "structuuronderdeel",
        "studiebewijs",
    }
)
"""The kinds of things of which the source has names and texts in Dutch only."""


class Page:
    """One page being made: the request, its language and the release it reads.

    Its public methods are what the templates may call.
    """

    def __init__(self, request: Request, served: Served | None = None) -> None:
        live: Live = request.app.state.live
        self.request = request
        self.taal = language_of(request)
        self.served = served or live.current()

    def _(self, sentence: str, /, **values: object) -> str:
        """The sentence in the language of the page."""
        return translate(sentence, self.taal, **values)

    @staticmethod
    def statisch(naam: str) -> str:
        """The address of a file of ours with its version, so that it may be cached for ever; "" when not built."""
        path = STATIC / naam
        return f"/static/{naam}?v={_digest(path, path.stat().st_mtime_ns)}" if path.is_file() else ""

    def groepen(self) -> dict[str, str]:
        """The kinds of things that can be found, with their names, in the order in which they are shown."""
        return {soort: self._(naam) for soort, naam in GROEPEN}

    def menu(self) -> list[tuple[str, str]]:
        """The main menu in the language of the page."""
        return [(adres, self._(naam)) for adres, naam in MENU]

    def hier(self, adres: str) -> bool:
        """Whether this page belongs to that entry of the menu."""
        path = self.request.url.path
        return path == adres or path.startswith(f"{adres}/")

    def met(self, **changes: object) -> str:
        """The address of this page with other values ; None takes one out."""
        query = {**self.request.query_params, **changes}
        left = {name: value for name, value in query.items() if value is not None}
        return f"{self.request.url.path}?{urlencode(left)}" if left else self.request.url.path

    @property
    def taalvraag(self) -> str:
        """The query that keeps a language that was asked for."""
        return f"?lang={self.taal}" if self.request.query_params.get("lang") else ""

    def zelfde_pagina(self, taal: str) -> str:
        """The same page in another language."""
        asked = {**self.request.query_params, "lang": taal}
        return f"{self.request.url.path}?{urlencode(asked)}"

    def href(self, iri: str) -> str:
        """The address of a thing on this server: the path of its IRI, or the IRI itself when it is not ours."""
        base = self.served.catalogus.basis
        return iri.removeprefix(base) + self.taalvraag if iri.startswith(f"{base}/id/") else iri

    def in_taal(self, taal: str) -> Markup:
        """Marks a text as of that language on a page in another one (WCAG 2.2, 3.1.2)."""
        known = taal and taal not in (self.taal, "@none")
        return Markup(' lang="{}"').format(taal) if known else Markup("")

    def vlaams(self, iri: str) -> Markup:
        """Marks the text of a Flemish thing as Dutch on a page in another language."""
        path = iri.removeprefix(f"{self.served.catalogus.basis}/id/").partition("/")[0]
        return self.in_taal("nl") if path in VLAAMS else Markup("")

    def treffer_href(self, iri: str) -> str:
        """The address of what a search found: a thing, or a question of the library by its path."""
        return iri + self.taalvraag if iri.startswith("/") else self.href(iri)

    def kwalificatie_href(self, code: str, tab: str = "") -> str:
        """The address of a qualification, at a tab of its page."""
        kwalificatie = self.served.catalogus.kwalificaties.get(code)
        address = self.href(kwalificatie.iri) if kwalificatie else f"/zoeken?{urlencode({'q': code})}"
        return f"{address}{'&' if '?' in address else '?'}tab={tab}" if tab else address

    def programma_href(self, code: str) -> str:
        """The address of a programme."""
        return self.href(self.served.catalogus.programmas[code].iri)

    def programma_naam(self, code: str) -> str:
        """The title of a programme."""
        return self.served.catalogus.programmas[code].titel

    def naam(self, kwalificatie: Kwalificatie) -> str:
        """Its name in the language of the page, else in Dutch, else in any, else its code."""
        return self.tekst(kwalificatie.naam) or kwalificatie.code

    def naam_van(self, code: str) -> str:
        """The name of what that code stands for, with the code."""
        kwalificatie = self.served.catalogus.kwalificaties.get(code) or self.served.reeksen.get(code)
        return f"{self.naam(kwalificatie)} ({code})" if kwalificatie else code

    def kwalificatiekeuzes(self) -> list[tuple[str, str]]:
        """Name and code of every beroepskwalificatie and deelkwalificatie with competences, by name."""
        kinds = (Kwalificatiesoort.BEROEPSKWALIFICATIE, Kwalificatiesoort.DEELKWALIFICATIE)
        found = self.served.catalogus.kwalificaties.values()
        return sorted((self.naam(each), each.code) for each in found if each.competenties and each.soort in kinds)

    def fase_van(self, kwalificatie: Kwalificatie, op: date) -> Fase:
        """The phase of a qualification on a day."""
        return fase(kwalificatie, op, self.served.catalogus.kwalificaties)

    def fasenaam(self, fase: Fase) -> str:
        """The phase as people read it."""
        return self._("beëindigd" if fase is Fase.BEEINDIGD else fase.value)

    def getoond(self, texts: Mapping[str, Any]) -> str:
        """Of a text in several languages the one that is shown: that of the page, else Dutch, else any; "" of none."""
        return next((taal for taal in (self.taal, "nl", "@none", "en", "fr", *texts) if texts.get(taal)), "")

    def tekst(self, texts: Mapping[str, str]) -> str:
        """Of a text in several languages the one of the page, else the Dutch one, else any."""
        return texts.get(self.getoond(texts), "")

    def gemerkt(self, texts: Mapping[str, str]) -> Markup:
        """The same, with its language where that is not the one of the page."""
        mark = self.in_taal(self.getoond(texts))
        return Markup("<span{}>{}</span>" if mark else "{1}").format(mark, self.tekst(texts))

    def met_namen(self, sentence: str, /, **namen: Markup) -> Markup:
        """The sentence in the language of the page, around names that may be in another one."""
        return Markup.escape(self._(sentence, **{naam: f"{{{naam}}}" for naam in namen})).format(**namen)

    def woord(self, key: str) -> str:
        """The name of one of our classes or properties in the language of the page; the key itself when it has none."""
        names = self.served.woorden.get(key, {})
        return names.get(self.taal) or names.get("nl") or self._(EIGEN_WOORDEN.get(key, key))

    def begrip(self, iri: str) -> str:
        """The name of a concept of a code list, in the language of the page."""
        names = self.served.begrippen.get(iri, {})
        return names.get(self.taal) or names.get("nl") or iri.rpartition("/")[2]

    def begrip_uit(self, lijst: str, code: str) -> str:
        """The name of a code in that list; "" where there is no code."""
        return self.begrip(f"https://w3id.org/leerbrug/codelijst/{lijst}/{code}") if code else ""

    def ding_href(self, code: str) -> str:
        """The address of a qualification or of the programme of a recognition."""
        erkenning = self.served.catalogus.erkenningen.get(code)
        return self.programma_href(erkenning.programma) if erkenning else self.kwalificatie_href(code)

    def getal(self, number: int) -> str:
        """A number as it is written in that language."""
        return str(format_decimal(number, locale=self.taal))

    def datum(self, day: date) -> str:
        """A day as it is written in that language."""
        return format_date(day, format="long", locale=self.taal)

    def periode(self, geldigheid: Geldigheid) -> str:
        """From when until when."""
        van = self._("vanaf {datum}", datum=self.datum(geldigheid.van)) if geldigheid.van else ""
        tot = self._("tot en met {datum}", datum=self.datum(geldigheid.tot)) if geldigheid.tot else ""
        return " ".join(part for part in (van, tot) if part) or self._("zonder einddatum")

    def diepte(self, level: int) -> str:
        """The depth of a knowledge item in words."""
        return self._(DIEPTES[level]) if DIEPTES[level] else ""

    def uren(self, contract: Contract) -> str:
        """The hours a week on the work floor."""
        if contract.uren_max is None:
            return self._("minstens {uren} uur per week op de werkplek", uren=contract.uren_min)
        return self._(
            "{minst} tot {meest} uur per week op de werkplek", minst=contract.uren_min, meest=contract.uren_max
        )

    def contextregel(self, contexten: Contexten) -> str:
        """How many of the contexts are obligatory."""
        exact = contexten.regel == "EXACT"
        return self._("precies {aantal}" if exact else "minstens {aantal}", aantal=contexten.aantal)

    def instapregel(self, instap: Instap) -> str:
        """Flexible entry as a sentence."""
        bewijzen = [self.naam_van(code) for code in instap.bewijzen] + list(instap.onbekend)
        joiner = self._(" en ") if instap.regel == "VIA_ALLE_BEWIJZEN" else self._(" of ")
        parts = [self._("met bewijs van {namen}", namen=joiner.join(bewijzen))] if bewijzen else []
        if instap.certificaten:
            parts.append(self._("met certificaat {namen}", namen=self._(" of ").join(instap.certificaten)))
        return self._(", of ").join(parts)

    def html(self, template: str, values: Mapping[str, Any]) -> bytes:
        """The bytes of the page."""
        context = {
            **{name: getattr(self, name) for name in dir(self) if not name.startswith("__")},
            "release": self.served.release.number,
            "talen": TALEN,
            **values,
        }
        return _environment.get_template(template).render(context).encode()

    def response(self, html: bytes, status: int = 200) -> HTMLResponse:
        """A page that is not about one thing as a response that names its language and the release it read."""
        headers = {"Content-Language": self.taal, "Leerbrug-Release": str(self.served.release.number)}
        return HTMLResponse(html, status, headers)

    def render(self, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """The page as a response that names its language and the release it read."""
        return self.response(self.html(template, values), status)


@lru_cache(maxsize=64)
def _digest(path: Path, _changed: int) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()
