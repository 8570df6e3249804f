"""What every request leaves behind: an id, a line in the log without personal data, and a count for Prometheus."""

from __future__ import annotations

import itertools
import re
import sys
import time
import uuid
from functools import lru_cache
from http import HTTPStatus

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from .clients import Scope, header
from .limits import App, Message, Receive, Send
from .problems import SENTENCES
from .refusals import refuse

POLICY = (
    b"default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; base-uri 'none'; "
    b"form-action 'self'; frame-ancestors 'none'"
)

EDITOR = "/werkbank"
"""The page of the editor: where text is replaced in it the browser itself writes style attributes."""

SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""Headers of every answer beside the policy: no frame, no guessing of types."""


def policy(path: str) -> bytes:
    """The Content-Security-Policy of an address: no script or style but our own files; the editor may style its text.

    >>> b"unsafe" in policy("/zoeken"), policy(EDITOR).count(b"unsafe-inline")
    (False, 1)
    """
    return POLICY + b"; style-src-attr 'unsafe-inline'" if path == EDITOR else POLICY


OPEN = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Leerbrug-Release, Leerbrug-Grootboek, Content-Language, "
     b"Content-Location, Content-Range, Repr-Digest, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, "
     b"Retry-After, X-Request-Id"),
)  # fmt: skip
"""Anyone may read from a page of theirs; what needs a token is not for pages of others, so no credentials."""

PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, HEAD, POST"),
    (b"access-control-allow-headers", b"Accept, Accept-Language, Accept-Profile, Content-Type, If-None-Match, Range"),
    (b"access-control-max-age", b"86400"),
)

_START, _NUMBER = uuid.uuid4().hex[:12], itertools.count(1)

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class _Stderr:
    """Standard error as it is when something is written, not as it was when this module was read."""

    def info(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    error = info


log = structlog.wrap_logger(
    _Stderr(),
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.BoundLogger,
)
"""One JSON object a line on standard error; a traceback names places in the code and never the values there."""


class Meters:
    """The counts of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("methode", "route", "status")
        self.requests = Counter("leerbrug_verzoeken", "Beantwoorde verzoeken", labels, registry=self.registry)
        self.seconds = Histogram("leerbrug_seconden", "Duur van een verzoek", ("route",), registry=self.registry)
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; the counters of a kind are looked up once."""
        kind = (method, route, status)
        if kind not in self._known:
            self._known[kind] = self.requests.labels(*map(str, kind)), self.seconds.labels(route)
        counter, histogram = self._known[kind]
        counter.inc()
        histogram.observe(seconds)


class Watched:
    """The outermost layer: security headers, request id, log and counts."""

    def __init__(self, app: App, meters: Meters, *, every: bool = False) -> None:
        self._app, self._meters, self._every = app, meters, every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight; let everything else through and watch it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, number = time.perf_counter(), request_id(scope)
        told = ((b"content-security-policy", policy(scope["path"])), (b"x-request-id", number.encode()))
        always = [*SECURITY, *OPEN, *told]
        status = 500

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *always]
            await send(message)

        if scope["method"] == "OPTIONS" and header(scope, b"access-control-request-method"):
            await watching({"type": "http.response.start", "status": 204, "headers": list(PREFLIGHT)})
            await watching({"type": "http.response.body", "body": b""})
        else:
            await self._answered(scope, receive, watching, number)
        self._note(scope, status, time.perf_counter() - begun, number)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        """Pass the request on; what nobody foresaw is written down with its id and answered without its insides."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            log.error("onvoorzien", exc_info=True, route=route_of(scope["path"]), verzoek=number)
            if started:
                raise
            await refuse(scope, send, HTTPStatus.INTERNAL_SERVER_ERROR, SENTENCES[500], {})

    def _note(self, scope: Scope, status: int, seconds: float, number: str) -> None:
        """Count and write down: the route, never the address of who asked, what was searched for, or a token."""
        route = route_of(scope["path"])
        self._meters.note(scope["method"], route, status, seconds)
        if self._every or status >= 500:
            told = {"methode": scope["method"], "route": route, "status": status, "verzoek": number}
            log.info("verzoek", **told, ms=round(seconds * 1000, 1))


def request_id(scope: Scope) -> str:
    """The id that the client gave, where it looks like one, else a new one."""
    given = header(scope, b"x-request-id")
    return given if given and _ID.fullmatch(given) else f"{_START}-{next(_NUMBER):x}"


_ROUTES = frozenset(
    "kwalificaties competenties referenties beroepen structuuronderdelen standaardtrajecten opleidingsprofielen "
    "curriculumdossiers bruggen kloof stapstenen leertrajecten trajecten vragen suggesties wijzigingen releases "
    "validaties health dingen besluiten haalbaarheidsbesluiten werkplekaandelen activiteitenlijsten vrijstellingen "
    "overnames keuzes mappingbesluiten mandaten trajectontwerpen doorwerkingen dualeprofielen roosters openapi.json "
    "id ns context shapes codelijst graaf ldes sparql static zoeken sector werkbank metrics".split()
)


@lru_cache(maxsize=4_096)
def route_of(path: str) -> str:
    """The kind of address, so that the number of counters is bounded.

    >>> route_of("/v1/kwalificaties/BK-0019"), route_of("/wp-login.php"), route_of("/")
    ('kwalificaties', 'ander', 'start')
    """
    parts = path.strip("/").split("/")
    first = parts[1] if parts[0] == "v1" and len(parts) > 1 else parts[0]
    return "start" if not first else first if first in _ROUTES else "ander"
