"""The SPARQL endpoint: protocol, Graph Store Protocol, description, VoID and what an editor suggests."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import Response
from pyoxigraph import RdfFormat, serialize
from starlette.concurrency import run_in_threadpool

from ...graph.vragen import vragen
from ..clients import address_of, network_of
from ..documented import read as documented
from ..forms import JSON
from ..live import Live, Served
from ..problems import problem
from ..reading import KNOWN_ONLY, etag
from ..zaken import zaken
from . import formats
from .completion import Completion, completion
from .description import DESCRIBING_PREFIXES, service_description, void
from .engine import Engine, Left
from .examples import examples
from .limits import Limits
from .pool import Place
from .protocol import Asked, asked, iri, parameters, read_only, too_large
from .refusal import Refusal, short
from .streamed import Streamed

CLIENT_LEFT = 499
"""What nginx calls a request whose client went away; nobody reads it."""

WHOLE_GRAPH = 2**62
"""Rows and bytes of a whole graph are not limited: it is read as it lies and its time is."""


Number = Annotated[int | None, Query(ge=1, le=2**31, description="Nummer van de release; zonder: de nieuwste.")]
FormName = Annotated[str, Query(alias="format", max_length=40)]


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    """Start the processes with the application, and end them with it."""
    engine = _engine(app)
    await engine.warm(_place(app, await run_in_threadpool(app.state.live.current)))
    yield
    await engine.close()


router = APIRouter(lifespan=_alive)


def _engine(app: FastAPI) -> Engine:
    """The engine of this application: made when it starts, or when it is first asked."""
    if not hasattr(app.state, "sparql"):
        app.state.sparql = Engine(app.state.live.limits)
    engine: Engine = app.state.sparql
    return engine


def _place(app: FastAPI, served: Served) -> Place:
    release = served.release
    folder = str((release.folder / "store").resolve())
    return _engine(app).place(folder, served.store, tuple(release.manifest.graphs))


async def _place_of_now(request: Request, served: Served) -> Place:
    """The place of a release; of the current one with the decisions that came after it."""
    live: Live = request.app.state.live
    if served.store or served is not await run_in_threadpool(live.current):
        return _place(request.app, served)
    folder = await run_in_threadpool(lambda: zaken(request).store())
    return _engine(request.app).place(str(folder), "", tuple(served.release.manifest.graphs))


async def _served(request: Request, number: int | None) -> Served:
    live: Live = request.app.state.live
    return await run_in_threadpool(live.number, number)


async def _body(request: Request, limits: Limits) -> bytes:
    """The body, of which no more is kept than a question may have (percent-encoding may triple it).

    It is read to its end, which `Limited` bounds: who is still sending hears no refusal.
    """
    found, most = bytearray(), limits.question * 3
    async for piece in request.stream():
        if len(found) <= most:
            found += piece
    if len(found) > most:
        raise too_large(limits)
    return bytes(found)


async def _leaving(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(request: Request, refusal: Refusal) -> Response:
    answer = problem(request, refusal.status, refusal.detail)
    if refusal.retry:
        answer.headers["Retry-After"] = str(refusal.retry)
    return answer


@router.api_route(
    "/sparql",
    methods=["GET", "HEAD", "POST"],
    include_in_schema=False,
)
async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol, query operation; without a query the description of the service."""
    limits = _engine(request.app).limits
    try:
        body = await _body(request, limits)
        content_type = request.headers.get("content-type", "")
        question = asked(request.method, request.url.query, content_type, body, limits)
        served = await _served(request, question.release)
        if question.query is None:
            return _described(request, served, question.format)
        return await _answered(request, served, _as_sent(request, question, limits), question.timeout)
    except Refusal as refusal:
        return _refused(request, refusal)


async def ask(request: Request, query: str, accept: str) -> tuple[str, bytes]:
    """The answer to a query that was typed on a page: its media type and all its bytes.

    Raises Refusal where it is not answered, and BrokenAnswerError where it ends before its end.
    """
    limits = _engine(request.app).limits
    question = asked("GET", urlencode({"query": query}), "", b"", limits)
    served = await _served(request, None)
    answer = await _answered(request, served, {**_as_sent(request, question, limits), "accept": accept}, None)
    if isinstance(answer, Streamed):
        async with aclosing(answer.pieces) as pieces:
            return answer.media_type or "", b"".join([piece async for piece in pieces])
    return answer.media_type or "", bytes(answer.body)


def _address(request: Request) -> str:
    """The address of the endpoint, as the client knows it."""
    return str(request.url.replace(query="", fragment=""))


def _as_sent(request: Request, question: Asked, limits: Limits) -> dict[str, Any]:
    return {
        "query": question.query,
        "base": _address(request),
        "default": question.default,
        "named": question.named,
        "accept": ",".join(request.headers.getlist("accept")),
        "format": question.format,
        "rows": limits.rows,
        "answer": limits.answer,
    }


async def _answered(request: Request, served: Served, question: Mapping[str, Any], seconds: float | None) -> Response:
    engine = _engine(request.app)
    client = network_of(address_of(request.scope, request.app.state.settings.proxies))
    wanted = seconds or engine.limits.deadline
    try:
        place = await _place_of_now(request, served)
        answer = await engine.answer(client, place, question, wanted, lambda: _leaving(request))
    except Left:
        return Response(status_code=CLIENT_LEFT)
    headers = _headers(served)
    if answer.pieces is None:
        return Response(answer.whole, media_type=answer.media, headers=headers)
    return Streamed(answer.pieces, answer.until, answer.media, headers)


def _headers(served: Served) -> dict[str, str]:
    return {"Leerbrug-Release": str(served.release.number), "Vary": "Accept", "Cache-Control": "no-cache"}


def _triples(request: Request, served: Served, triples: Any, name: str = "") -> Response:
    accept = ",".join(request.headers.getlist("accept"))
    form = formats.choose(formats.TRIPLES, accept, name) or (
        formats.TRIPLES[0] if "text/html" in accept and not name else None
    )
    if form is None or not isinstance(form.engine, RdfFormat):
        detail = f"Dit antwoord kan alleen als {formats.names(formats.TRIPLES)}."
        raise Refusal(HTTPStatus.NOT_ACCEPTABLE, detail)
    body = serialize(triples, format=form.engine, prefixes=DESCRIBING_PREFIXES) or b""
    validator = etag(served.release.version, form.media, body)
    return Response(body, media_type=form.media, headers={**_headers(served), "ETag": validator})


def _described(request: Request, served: Served, name: str) -> Response:
    return _triples(request, served, service_description(_address(request), served.release.manifest), name)


@router.api_route("/rdf-graph-store", methods=["GET", "HEAD"], include_in_schema=False)
async def graph_store(request: Request) -> Response:
    """Graph Store Protocol: the graph that ?graph= names, or with ?default the union of all."""
    try:
        found = parameters(request.url.query)
        names = [value for name, value in found if name == "graph"]
        default = any(name == "default" for name, _ in found)
        if len(names) + default != 1:
            raise Refusal.bad("Noem één graaf met graph=, of vraag ?default.")
        release = next((value for name, value in found if name == "release"), "")
        if release and not re.fullmatch("[0-9]{1,9}", release):
            raise Refusal.bad(f"release={short(repr(release))} is geen nummer van een release.")
        served = await _served(request, int(release) if release else None)
        return await _graph(request, served, iri(names[0]) if names else "")
    except Refusal as refusal:
        return _refused(request, refusal)


@router.api_route("/graaf/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def graph(request: Request, name: str) -> Response:
    """Graph Store Protocol, direct identification: the address of a graph is its name."""
    try:
        served = await _served(request, None)
        return await _graph(request, served, f"{served.release.manifest.base}/graaf/{name}")
    except Refusal as refusal:
        return _refused(request, refusal)


async def _graph(request: Request, served: Served, name: str) -> Response:
    if request.method == "HEAD" and name and name not in served.release.manifest.graphs:
        raise Refusal(HTTPStatus.NOT_FOUND, f"De graaf <{short(name)}> is niet in deze release.")
    accept = ",".join(request.headers.getlist("accept"))
    question = {"graph": name, "accept": accept, "format": "", "rows": WHOLE_GRAPH, "answer": WHOLE_GRAPH}
    return await _answered(request, served, question, _engine(request.app).limits.longest)


@router.api_route("/rdf-graph-store", methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
@router.api_route("/graaf/{name:path}", methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
async def not_written(request: Request) -> Response:
    """Graphs are made by releases."""
    answer = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, read_only().detail)
    answer.headers["Allow"] = "GET, HEAD"
    return answer


async def _completion(request: Request, served: Served) -> Completion:
    """What an editor suggests, counted once for a release: it takes seconds, for which all who ask meanwhile wait."""
    if not hasattr(request.app.state, "completions"):
        request.app.state.completions = {}
    known: dict[int, asyncio.Task[Completion]] = request.app.state.completions
    number = served.release.number
    if number not in known:
        known[number] = asyncio.create_task(run_in_threadpool(lambda: completion(served.graph, number)))
    try:
        return await asyncio.shield(known[number])
    except Exception:
        known.pop(number, None)
        raise


@router.get(
    "/v1/sparql/completion",
    tags=["sparql"],
    dependencies=KNOWN_ONLY,
    **documented("Completion", (JSON,), errors=(400, 404)),
)
async def suggestions(request: Request, release: Number = None) -> Response:
    """Classes and properties with labels, cardinality by our shapes, and how often they are filled."""
    served = await _served(request, release)
    body = msgspec.json.encode(await _completion(request, served))
    headers = {
        "Leerbrug-Release": str(served.release.number),
        "Cache-Control": "no-cache",
        "ETag": etag(served.release.version, JSON.media, body),
    }
    return Response(body, media_type=JSON.media, headers=headers)


@router.get("/.well-known/void", include_in_schema=False, dependencies=KNOWN_ONLY)
async def well_known_void(request: Request, release: Number = None, form: FormName = "") -> Response:
    """The data set as VoID."""
    try:
        served = await _served(request, release)
        found = await _completion(request, served)
        home = str(request.base_url).rstrip("/")
        return _triples(request, served, void(home, served.release.manifest, found), form)
    except Refusal as refusal:
        return _refused(request, refusal)


@router.get("/.well-known/sparql-examples", include_in_schema=False, dependencies=KNOWN_ONLY)
async def sparql_examples(request: Request, release: Number = None, form: FormName = "") -> Response:
    """The library of questions as RDF."""
    try:
        served = await _served(request, release)
        home = str(request.base_url).rstrip("/")
        return _triples(request, served, examples(home, tuple(vragen().values())), form)
    except Refusal as refusal:
        return _refused(request, refusal)
