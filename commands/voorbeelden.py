"""Making the example of every operation: a server of the embedded data set is asked, in its own process."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
from fastapi import FastAPI

from ..api.app import create_app
from ..api.settings import Settings
from ..api.voorbeelden import Voorbeeld
from ..api.zaken import database_van
from ..besluiten.soorten import Rol
from ..besluiten.tabellen import open_database
from ..besluiten.tokens import Tokens, lees_instantie
from ..graph.manifest import MANIFEST
from ..graph.names import Names
from ..graph.releases import Release, Releases
from .build import chosen, sample
from .making import make
from .progress import Watch
from .voorbeelden_besluiten import PEOPLE, besluiten

PUBLISHED = datetime(2026, 9, 1, tzinfo=UTC)
"""When the release of the examples was made, as far as its files say."""

BINARY = ("application/gzip", "application/zip", "application/vnd.openxmlformats", "text/html")
"""What is not shown as an example: a file, or a page."""

LARGEST = 60_000
"""Bytes beyond which an answer is no example any more."""

Vraag = Callable[..., httpx.Response]
_ALWAYS_NEW = re.compile("tijdstip|zegel|instance|hash|sha256")
_GROWING = re.compile("grootte|triples")
_COUNTS = ("graven", "klassen")
"""What each change of the vocabulary changes in what a release says of itself; shown as one."""


def sample_server(folder: Path, store: str = "") -> tuple[FastAPI, Mapping[str, str]]:
    """The application over release 1 of the embedded data set in a folder, and a token for each of its people.

    The release is made where the folder holds none. `store` is a SPARQL server that holds its graphs.
    """
    release = next(iter(Releases(folder)), None) or _made(folder)
    os.utime(release.folder / MANIFEST, (PUBLISHED.timestamp(),) * 2)
    tokens = Tokens(open_database(database_van(folder)))
    secrets = {
        name: tokens.maak(Rol(rol), name.capitalize(), lees_instantie(body) if body else None)[0]
        for name, (rol, body) in PEOPLE.items()
    }
    return create_app(Settings(folder, store=store)), secrets


def _made(folder: Path) -> Release:
    with Watch(quiet=True) as watch:
        release = make(list(chosen([], sample())), folder, Names(), watch).release
    assert release, "the embedded data set makes a release"
    return release


def maak_voorbeelden(app: FastAPI, secrets: Mapping[str, str]) -> dict[str, Voorbeeld]:
    """The example of every operation of the application, by its name."""
    with asyncio.Runner() as runner:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        client = httpx.AsyncClient(transport=transport, base_url="http://leerbrug", timeout=120)

        def ask(method: str, path: str, wie: str = "", **more: Any) -> httpx.Response:
            headers = {**more.pop("headers", {}), **({"Authorization": f"Bearer {secrets[wie]}"} if wie else {})}
            return runner.run(client.request(method, path, headers=headers, **more))

        made = dict(_reads(app.openapi(), ask))
        made |= besluiten(ask)
        runner.run(client.aclose())
    return {name: _steady(one) for name, one in made.items()}


def _reads(document: Mapping[str, Any], ask: Vraag) -> Iterator[tuple[str, Voorbeeld]]:
    """The example of each operation that reads, by the values that its parameters have as example."""
    digest = ""
    for path, methods in document["paths"].items():
        operation = methods.get("get")
        if operation is None or "{kenmerk}" in path:
            continue
        asked = [one for one in operation.get("parameters", ()) if one["name"] == "digest" or "example" in one]
        pad = {one["name"]: one.get("example") for one in asked if one["in"] == "path"}
        pad |= {"digest": digest} if "digest" in pad else {}
        query = {one["name"]: one["example"] for one in asked if one["in"] == "query"}
        found = _asked(path, pad, query, operation, ask)
        if found is not None:
            digest = str(found.antwoord["id"]).rpartition("/")[2] if operation["operationId"] == "brug" else digest
            yield operation["operationId"], found


def _asked(
    path: str, pad: Mapping[str, Any], query: Mapping[str, Any], operation: Mapping[str, Any], ask: Vraag
) -> Voorbeeld | None:
    """The answer in the first form that can be shown; None where there is none."""
    every = operation["responses"]["200"].get("content", {})
    offered = [kind for kind in every if not kind.startswith(BINARY)]
    if not offered or "application/gzip" in every:
        return None
    address = path
    for name, value in pad.items():
        address = address.replace("{" + name + "}", quote(str(value)))
    soort = next((kind for kind in offered if kind == "application/json"), offered[0])
    answer = ask("GET", address, params=dict(query), headers={"Accept": soort})
    if answer.status_code != 200:
        raise AssertionError(f"{path} {query}: {answer.status_code} {answer.text[:500]}")
    if len(answer.content) > LARGEST:
        return None
    return Voorbeeld(200, soort, answer.json() if "json" in soort else answer.text, dict(pad), dict(query))


def _steady(one: Voorbeeld) -> Voorbeeld:
    """The example without what differs each time: moments, seals, and the ids of decisions by their order."""
    ids = dict.fromkeys(re.findall(r"\b[0-9a-f]{12}\b", msgspec.json.encode(one).decode()))
    text = msgspec.json.encode(one).decode()
    for number, found in enumerate(ids, start=1):
        text = text.replace(found, f"{number:012d}")
    return msgspec.structs.replace(
        msgspec.json.decode(text, type=Voorbeeld), antwoord=_without_moments(msgspec.json.decode(text)["antwoord"])
    )


def _without_moments(value: Any, key: str = "") -> Any:
    if key == "@context":
        return value
    if isinstance(value, dict):
        names = {name: key if key in _COUNTS else name for name in value}
        return {name: _without_moments(one, names[name]) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_moments(one, key) for one in value]
    if isinstance(value, int) and (key in _COUNTS or _GROWING.fullmatch(key)):
        return 1
    return "…" if isinstance(value, str) and _ALWAYS_NEW.fullmatch(key) else value


def schrijf(made: Mapping[str, Voorbeeld], folder: Path) -> None:
    """Write the examples, one a file, and take away those that are none any more."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.json"):
        if path.stem not in made:
            path.unlink()
    for name, one in made.items():
        (folder / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(one), indent=1) + b"\n")
