"""Errors as answers: one place that turns the error tree into HTTP (RFC 9457)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from ..errors import (
    AanmeldError,
    AmbiguousCodeError,
    BesluitError,
    BevoegdheidError,
    IdentiteitsbronError,
    InputError,
    LeerbrugError,
    OngelezenError,
    QueryTimeoutError,
    ReleaseError,
    StoreFailedError,
    TegenspraakError,
    ToestandError,
    UnknownCodeError,
    VersieError,
)
from .forms import FORMS, HTML, JSON, NotAcceptableError, choose
from .languages import language_of, retell
from .misgevraagd import misgevraagd
from .pages import Page

MEDIA = "application/problem+json"
CALLS = "/v1/openapi.json"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="leerbrug"'}
"""What an answer 401 says of how to identify oneself (RFC 6750, section 3)."""

STATUS: tuple[tuple[type[LeerbrugError], HTTPStatus], ...] = (
    (AmbiguousCodeError, HTTPStatus.CONFLICT),
    (UnknownCodeError, HTTPStatus.NOT_FOUND),
    (InputError, HTTPStatus.BAD_REQUEST),
    (QueryTimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (StoreFailedError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ReleaseError, HTTPStatus.SERVICE_UNAVAILABLE),
    (IdentiteitsbronError, HTTPStatus.SERVICE_UNAVAILABLE),
    (AanmeldError, HTTPStatus.UNAUTHORIZED),
    (BevoegdheidError, HTTPStatus.FORBIDDEN),
    (OngelezenError, HTTPStatus.PRECONDITION_REQUIRED),
    (VersieError, HTTPStatus.PRECONDITION_FAILED),
    (TegenspraakError, HTTPStatus.CONFLICT),
    (ToestandError, HTTPStatus.CONFLICT),
    (BesluitError, HTTPStatus.UNPROCESSABLE_ENTITY),
)

SENTENCES: Mapping[int, str] = {
    400: "De vraag is niet juist gesteld.",
    404: "Dit adres bestaat niet.",
    405: "Dit adres kent deze methode niet.",
    406: "Deze vorm is er niet. Kies een van de vormen in issues.",
    413: "Dit is te groot.",
    415: "Dit soort inhoud wordt hier niet gelezen.",
    416: "Zo ver gaat dit bestand niet.",
    429: "Te veel vragen in korte tijd. Wacht even en vraag opnieuw.",
    500: "Er ging iets fout bij ons. Het is opgeschreven met het nummer van dit antwoord.",
    503: "Even niet bereikbaar. Vraag straks opnieuw.",
}

Issue = Mapping[str, Any]


def add_problem_answers(app: FastAPI) -> None:
    """Make every error of ours, of FastAPI and of Starlette a problem document or a page."""

    @app.exception_handler(LeerbrugError)
    def ours(request: Request, error: LeerbrugError) -> Response:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
        internal = status in (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
        candidates = error.candidates if isinstance(error, AmbiguousCodeError) else ()
        issues = [{"in": "path", "name": "code", "value": one, "detail": "kandidaat"} for one in candidates]
        if isinstance(error, BesluitError):
            stukken = error.stukken if isinstance(error, TegenspraakError) else ("",) * len(error.bevindingen)
            pairs = zip(stukken, error.bevindingen, strict=True)
            issues += [{"in": "body", "name": "besluit", "value": one, "detail": found} for one, found in pairs]
        headers = CHALLENGE if status == HTTPStatus.UNAUTHORIZED else {}
        return problem(
            request, status, SENTENCES[int(status)] if internal else told(error, language_of(request)), issues, headers
        )

    @app.exception_handler(NotAcceptableError)
    def no_such_form(request: Request, error: NotAcceptableError) -> Response:
        issues = [
            {"in": "header", "name": "Accept", "value": form.media, "detail": form.name} for form in error.offered
        ]
        return problem(request, HTTPStatus.NOT_ACCEPTABLE, SENTENCES[406], issues)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        headers = dict(error.headers or {})
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_methods(request))
        return problem(request, status, SENTENCES.get(status, status.phrase), headers=headers)

    @app.exception_handler(RequestValidationError)
    def request_validation(request: Request, error: RequestValidationError) -> Response:
        return problem(request, HTTPStatus.BAD_REQUEST, SENTENCES[400], [_issue(one) for one in error.errors()])


METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


def _methods(request: Request) -> list[str]:
    """Every method of an address, also where several routes share it; the framework names those of one route.

    What can be read has a head, which `Cached` answers.
    """
    known = {
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    }
    return sorted(known | ({"HEAD"} if "GET" in known else set()))


def told(error: LeerbrugError, language: str) -> str:
    """What went wrong and what to do, without the place: that names files of this server."""
    return " ".join(retell(part, language) for part in (error.message, error.remedy) if part)


def _issue(error: Mapping[str, Any]) -> dict[str, Any]:
    where, *name = error["loc"]
    return {
        "in": str(where),
        "name": ".".join(map(str, name)),
        "value": str(error.get("input"))[:200],
        "detail": misgevraagd(error),
    }


def problem(
    request: Request,
    status: HTTPStatus,
    detail: str,
    issues: Sequence[Issue] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The error as a page for a browser, as problem+json for a program; the sentence in the language asked for."""
    language = language_of(request)
    told = retell(detail, language)
    if _wants_page(request):
        page = Page(request)
        titel = page._("Niet gevonden") if status == HTTPStatus.NOT_FOUND else page._("Dat lukt niet")
        choices = [{"href": page.kwalificatie_href(str(one["value"])), "naam": one["value"]} for one in issues]
        keuzes = choices if status == HTTPStatus.CONFLICT else []
        values = {
            "titel": titel,
            "uitleg": told,
            "keuzes": keuzes,
            "velden": [
                (one["name"], one["value"], translate_issue(one, language)) for one in issues if one["in"] == "query"
            ],
            "opnieuw": page.met(**{str(one["name"]): None for one in issues if one["in"] == "query"}),
            "zoek": status == HTTPStatus.NOT_FOUND,
        }
        response: Response = page.render("fout.html", values, status)
        response.headers.update(headers or {})
        return response
    content = problem_bytes(status, told, [{**one, "detail": translate_issue(one, language)} for one in issues])
    return Response(
        content,
        int(status),
        {"Content-Language": language, "Vary": "Accept, Accept-Language", **(headers or {})},
        MEDIA,
    )


def translate_issue(issue: Issue, language: str) -> str:
    """What an issue says, in that language where we have the sentence."""
    return retell(str(issue["detail"]), language)


def problem_bytes(status: HTTPStatus, detail: str, issues: Sequence[Issue] = ()) -> bytes:
    """The problem document."""
    return orjson.dumps(
        {
            "type": f"urn:problem-type:leerbrug:{status.name.lower().replace('_', '-')}",
            "href": CALLS,
            "title": status.phrase,
            "status": int(status),
            "detail": detail,
            "instance": f"urn:uuid:{uuid.uuid4()}",
            **({"issues": list(issues)} if issues else {}),
        }
    )


def _wants_page(request: Request) -> bool:
    accept, asked = request.headers.get("accept", ""), request.query_params.get("format", "")
    if asked:
        return asked == HTML.name and HTML in FORMS
    return "text/html" in accept and choose(accept + ", application/json;q=0.001", "", [JSON, HTML]) is HTML
