"""Errors as answers: one place that turns the error tree into HTTP (RFC 9457)."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from ..errors import AmbiguousCodeError, InputError, LeerbrugError, QueryTimeoutError, ReleaseError, UnknownCodeError
from .pages import Page

STATUS: tuple[tuple[type[LeerbrugError], HTTPStatus], ...] = (
    (AmbiguousCodeError, HTTPStatus.CONFLICT),
    (UnknownCodeError, HTTPStatus.NOT_FOUND),
    (InputError, HTTPStatus.BAD_REQUEST),
    (QueryTimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (ReleaseError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def add_problem_answers(app: FastAPI) -> None:
    """Make every error of ours, of FastAPI and of Starlette a problem document or a page."""

    @app.exception_handler(LeerbrugError)
    def ours(request: Request, error: LeerbrugError) -> Response:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
        return problem(request, status, str(error))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        return problem(
            request, HTTPStatus(error.status_code), "Dit adres bestaat niet." if error.status_code == 404 else ""
        )

    @app.exception_handler(RequestValidationError)
    def request_validation(request: Request, error: RequestValidationError) -> Response:
        issues = [
            {"in": str(issue["loc"][0]), "name": ".".join(map(str, issue["loc"][1:])), "detail": str(issue["msg"])}
            for issue in error.errors()
        ]
        return problem(request, HTTPStatus.BAD_REQUEST, "De vraag is niet juist gesteld.", issues)


def problem(request: Request, status: HTTPStatus, detail: str, issues: list[dict[str, str]] | None = None) -> Response:
    """The error as a page for a browser, as problem+json for a program."""
    if "text/html" in request.headers.get("accept", ""):
        page = Page(request)
        titel = page._("Niet gevonden") if status == HTTPStatus.NOT_FOUND else page._("Dat lukt niet")
        return page.render("fout.html", {"titel": titel, "uitleg": detail, "keuzes": []}, status)
    document = {
        "type": f"urn:problem-type:leerbrug:{status.name.lower().replace('_', '-')}",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "instance": f"urn:uuid:{uuid.uuid4()}",
    } | ({"issues": issues} if issues else {})
    return JSONResponse(document, int(status), media_type="application/problem+json")
