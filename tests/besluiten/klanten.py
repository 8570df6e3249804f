"""People who decide over HTTP: a real server on a ledger of its own, and who holds which token."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec
import uvicorn
from fastapi import FastAPI
from leerbrug.api.settings import Settings
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tokens import Tokens, lees_instantie
from leerbrug.graph.releases import Release


class Klant:
    """Somebody with a token, or the public."""

    def __init__(self, client: httpx.Client, secret: str = "") -> None:
        self.client, self.secret = client, secret

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            told["Authorization"] = f"Bearer {self.secret}"
        return self.client.request(
            method, path, content=msgspec.json.encode(body) if body is not None else None, headers=told
        )

    def step(self, stuk: dict[str, Any], handeling: str, reden: str = "") -> Any:
        body = {"handeling": handeling, "reden": reden}
        return self.ask("POST", f"{stuk['href']}/handelingen", body, If_Match=f'"{stuk["versie"]}"')

    def ratified(self, other: Klant, pad: str, besluit: Any) -> dict[str, Any]:
        """Drawn up and submitted by this one, ratified by the other."""
        made = self.ask("POST", f"/v1/{pad}", msgspec.to_builtins(besluit))
        assert made.status_code == 201, made.text
        submitted = self.step(made.json(), "leg-voor")
        assert submitted.status_code == 200, submitted.text
        done = other.step(submitted.json(), "bekrachtig")
        assert done.status_code == 200, done.text
        found: dict[str, Any] = done.json()
        return found


@contextmanager
def served(app: FastAPI) -> Iterator[httpx.Client]:
    """The application behind a real server on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    # asyncio does so for a socket of its own; without, every answer waits 40 ms for the client to say it has its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    port = listener.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", ws="none", loop="asyncio", proxy_headers=False),
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join(30)


@contextmanager
def bemand(
    app: FastAPI, client: httpx.Client, release: Release, database: str, toneel: Any
) -> Iterator[dict[str, Klant]]:
    """People with tokens on an empty ledger, and a mandate for each sector; the ledger is let go of afterwards."""
    app.state.settings, app.state.zaken = Settings(release.folder.parent, database=database), None
    boek = Grootboek.open(database)
    tokens = Tokens(boek.engine)
    sectors = [lees_instantie(f"sector/{code}") for code in ("bouw", "hout", "voedingsnijverheid")]
    bouw, hout, voeding = sectors
    made = {
        "beheer": tokens.maak(Rol.BEHEERDER, "Beheer")[0],
        "tweede": tokens.maak(Rol.BEHEERDER, "Tweede")[0],
        "an": tokens.maak(Rol.SECTOR, "An", bouw)[0],
        "bo": tokens.maak(Rol.SECTOR, "Bo", bouw)[0],
        "cas": tokens.maak(Rol.SECTOR, "Cas", voeding)[0],
        "doe": tokens.maak(Rol.SECTOR, "Doe", voeding)[0],
        "eva": tokens.maak(Rol.SECTOR, "Eva", hout)[0],
        "ontwerper": tokens.maak(Rol.ONTWERPER, "Olaf")[0],
    }
    klanten = {name: Klant(client, secret) for name, secret in made.items()} | {"publiek": Klant(client)}
    for instantie in sectors:
        mandate = msgspec.to_builtins(toneel.mandaat(instantie))
        assert klanten["beheer"].ask("POST", "/v1/mandaten", mandate).status_code == 201
    yield klanten
    app.state.zaken.close()
    app.state.zaken = None
    boek.close()
