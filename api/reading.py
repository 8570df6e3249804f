"""What every read may ask: a release, a day, a language and a form; and the one way to answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Annotated, Any, Literal

import orjson
from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from .days import Day
from .forms import HTML, JSON, JSONLD, Form, choose
from .languages import in_language, language_of
from .live import Live, Served
from .pages import Page

IMMUTABLE = "public, max-age=31536000, immutable"
VARY = "Accept, Accept-Language, Accept-Profile, Accept-Encoding"

Maker = Callable[[], bytes]


class Reading:
    """One read: the release and the day it is about, and how the answer is to be written."""

    def __init__(self, request: Request, release: int | None, on: date | None, reduced: str, form: str) -> None:
        self.live: Live = request.app.state.live
        self.request, self.reduced, self.form = request, reduced, form
        self.served: Served = self.live.number(release)
        self.on = on or date.today()
        self.pinned, self.dated = release is not None, on is not None
        self.language = language_of(request)
        self.profile = ""

    @property
    def release(self) -> int:
        """The number of the release that is read."""
        return self.served.release.number

    @property
    def base(self) -> str:
        """What the IRIs of this release begin with."""
        return self.served.release.manifest.base

    def page(self) -> Page:
        """A page about the release that is read."""
        return Page(self.request, self.served)

    def href(self, path: str) -> str:
        """A path on this server that keeps the release that was asked for."""
        mark = "&" if "?" in path else "?"
        return f"{path}{mark}release={self.release}" if self.pinned else path

    def answer(
        self,
        makers: Mapping[Form, Maker],
        *,
        timeless: bool = True,
        links: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The answer in the form that was asked for; only that form is made.

        `timeless` says that the answer does not depend on today, so that it never changes once the release is named.
        Raises NotAcceptableError.
        """
        form = choose(",".join(self.request.headers.getlist("accept")), self.form, list(makers))
        body = makers[form]()
        unchanging = self.pinned and (timeless or self.dated) and form is not HTML
        told = {
            "Content-Type": form.content_type,
            "Content-Language": self.language,
            "Leerbrug-Release": str(self.release),
            "ETag": etag(self.served.release.version, form.media, body),
            "Cache-Control": IMMUTABLE if unchanging else "no-cache",
            "Vary": VARY,
            **(headers or {}),
        }
        response = Response(body, headers=told)
        for link in links:
            response.headers.append("Link", link)
        return response

    def json(self, document: Callable[[], Any]) -> dict[Form, Maker]:
        """The makers of a JSON answer that names its release."""

        def make() -> bytes:
            said = in_language({**document(), "release": self.release}, self.reduced)
            return orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)

        return {JSON: make, JSONLD: make}


def etag(version: str, media: str, body: bytes) -> str:
    """A strong validator: of the release, the form and every byte."""
    return f'"{blake2b(version.encode() + media.encode() + body, digest_size=16).hexdigest()}"'


def _names(dependant: Dependant) -> set[str]:
    own = {field.alias for field in dependant.query_params}
    return own.union(*(_names(below) for below in dependant.dependencies))


def refuse_unknown_parameters(request: Request) -> None:
    """A misspelt parameter is an error and never silently another question; a page may have parameters of its own."""
    if "text/html" in request.headers.get("accept", ""):
        return
    route = request.scope["route"]
    unknown = sorted(set(request.query_params) - _names(route.dependant))
    if unknown:
        raise RequestValidationError(
            [
                {
                    "loc": ("query", name),
                    "msg": "Deze parameter is hier niet bekend.",
                    "type": "unknown",
                    "input": request.query_params[name],
                }
                for name in unknown
            ]
        )


KNOWN_ONLY = [Depends(refuse_unknown_parameters)]
"""The dependencies of a route that is no `Read` and refuses a misspelt parameter all the same."""


def reading(
    request: Request,
    _: Annotated[None, Depends(refuse_unknown_parameters)],
    release: Annotated[
        int | None, Query(ge=1, le=2**31, examples=[1], description="Nummer van de release; zonder: de nieuwste.")
    ] = None,
    geldig_op: Annotated[
        Day | None, Query(alias="geldigOp", examples=["2026-09-01"], description="De dag waarop; zonder: vandaag.")
    ] = None,
    lang: Annotated[
        Literal["nl", "en", "fr"] | None,
        Query(description="Teksten in een taal in plaats van een taalkaart; een antwoord met bewijs blijft heel."),
    ] = None,
    form: Annotated[
        Literal["jsonld", "json", "html", "ttl", "nt", "csv", "xlsx", "xml", "atom", "svg", "pdf"] | None,
        Query(alias="format", description="De vorm, in plaats van de header Accept."),
    ] = None,
) -> Reading:
    """The read that a request asks for."""
    return Reading(request, release, geldig_op, lang or "", form or "")


Read = Annotated[Reading, Depends(reading)]


def reading_thing(
    found: Read,
    profiel: Annotated[
        Literal["intern", "elm-loq", "ctdl", "case", "skos", "schema-org"] | None,
        Query(description="De woorden van een andere standaard; ook met de header Accept-Profile."),
    ] = None,
) -> Reading:
    """A read of one thing, which may be said in the words of another standard."""
    found.profile = profiel or ""
    return found


ReadThing = Annotated[Reading, Depends(reading_thing)]
