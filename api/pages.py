"""What every page shares: the templates, the language, and the addresses of things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..graph.catalogus import Contexten, Contract, Geldigheid, Instap, Kwalificatie
from .languages import language_of, translate
from .live import Live, Served

TALEN = (("nl", "Nederlands"), ("en", "English"), ("fr", "Français"))
DIEPTES = ("", "basiskennis", "kennis", "grondige kennis")

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Page:
    """One page being made: the request, its language and the release it reads.

    Its public methods are what the templates may call.
    """

    def __init__(self, request: Request) -> None:
        live: Live = request.app.state.live
        self.request = request
        self.taal = language_of(request)
        self.served: Served = live.current()

    def _(self, sentence: str, /, **values: object) -> str:
        """The sentence in the language of the page."""
        return translate(sentence, self.taal, **values)

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

    def kwalificatie_href(self, code: str) -> str:
        """The address of a qualification."""
        kwalificatie = self.served.catalogus.kwalificaties.get(code)
        return self.href(kwalificatie.iri) if kwalificatie else f"/zoeken?{urlencode({'q': code})}"

    def programma_href(self, code: str) -> str:
        """The address of a programme."""
        return self.href(self.served.catalogus.programmas[code].iri)

    def naam(self, kwalificatie: Kwalificatie) -> str:
        """Its name in the language of the page, else in Dutch, else its code."""
        return kwalificatie.naam.get(self.taal) or kwalificatie.naam.get("nl") or kwalificatie.code

    def naam_van(self, code: str) -> str:
        """The name of what that code stands for, with the code."""
        kwalificatie = self.served.catalogus.kwalificaties.get(code)
        return f"{self.naam(kwalificatie)} ({code})" if kwalificatie else code

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

    def render(self, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """The page as a response that names its language and the release it read."""
        context = {
            **{name: getattr(self, name) for name in dir(self) if not name.startswith("__")},
            "release": self.served.release.number,
            "talen": TALEN,
            **values,
        }
        html = _environment.get_template(template).render(context)
        headers = {"Content-Language": self.taal, "Leerbrug-Release": str(self.served.release.number)}
        return HTMLResponse(html, status, headers)
