"""`leerbrug serve`: the releases of a folder in the browser and as an API, on the loopback address by default."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from ..api.app import create_app
from ..api.settings import Oidc, Settings
from ..api.tokens import lees_rollen
from ..api.tracing import trace
from ..errors import InputError
from ..graph.releases import default_folder

TAKEN = {errno.EADDRINUSE: "de poort is in gebruik", errno.EACCES: "een poort onder 1024 vraagt meer rechten"}
PATIENCE = 10
"""Seconds that a server that must stop gives to the answers it is writing."""


def serve(
    data: Annotated[Path | None, typer.Option(help="Map met releases, zoals `build --into` ze maakt.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort.")] = 8000,
    host: Annotated[str, typer.Option(help="Adres; alleen deze machine als je niets kiest.")] = "127.0.0.1",
    database: Annotated[
        str, typer.Option(envvar="LEERBRUG_DATABASE", help="Het grootboek; anders een bestand naast de releases.")
    ] = "",
    store: Annotated[
        str,
        typer.Option(
            help="Adres van een SPARQL-server die de grafen van de nieuwste release bevat; zonder: haar eigen store.",
            envvar="LEERBRUG_STORE",
        ),
    ] = "",
    rate: Annotated[
        float, typer.Option(envvar="LEERBRUG_RATE", min=0.01, help="Vragen per seconde voor een client.")
    ] = 20.0,
    burst: Annotated[
        int, typer.Option(envvar="LEERBRUG_BURST", min=1, help="Hoeveel vragen een client kan opsparen.")
    ] = 200,
    proxy: Annotated[
        list[str] | None,
        typer.Option(envvar="LEERBRUG_PROXIES", help="Adres van een proxy waarvan X-Forwarded-For geloofd wordt."),
    ] = None,
    metrics_token: Annotated[
        str, typer.Option(envvar="LEERBRUG_METRICS_TOKEN", help="Het woord waarmee Prometheus van elders leest.")
    ] = "",
    log: Annotated[bool, typer.Option(envvar="LEERBRUG_LOG", help="Schrijf een regel JSON per vraag.")] = False,
    oidc_issuer: Annotated[
        str, typer.Option(envvar="LEERBRUG_OIDC_ISSUER", help="Adres van een identiteitsbron (OpenID Connect).")
    ] = "",
    oidc_audience: Annotated[
        str, typer.Option(envvar="LEERBRUG_OIDC_AUDIENCE", help="Wat `aud` van haar tokens moet noemen.")
    ] = "",
    oidc_rolclaim: Annotated[
        str, typer.Option(envvar="LEERBRUG_OIDC_ROLCLAIM", help="De claim met de rollen, of de weg ernaartoe.")
    ] = "roles",
    oidc_rol: Annotated[
        list[str] | None,
        typer.Option(envvar="LEERBRUG_OIDC_ROLLEN", help="waarde=rol; een rol is beheerder, ontwerper of sector/bouw."),
    ] = None,
    oidc_naamclaim: Annotated[
        str, typer.Option(envvar="LEERBRUG_OIDC_NAAMCLAIM", help="De claim met de naam die besluiten dragen.")
    ] = "name",
    oidc_speling: Annotated[
        int, typer.Option(envvar="LEERBRUG_OIDC_SPELING", min=0, max=600, help="Seconden dat klokken verschillen.")
    ] = 60,
) -> None:
    """Serveer de nieuwste release."""
    rollen = lees_rollen(oidc_rol or ())
    if not oidc_issuer and (oidc_audience or rollen):
        raise InputError("Er is geen identiteitsbron genoemd.", remedy="Zet LEERBRUG_OIDC_ISSUER.")
    oidc = Oidc(oidc_issuer, oidc_audience, oidc_rolclaim, rollen, oidc_naamclaim, oidc_speling)
    settings = Settings(
        data=data or default_folder(),
        database=database,
        store=store,
        rate=rate,
        burst=burst,
        proxies=tuple(proxy or ()),
        metrics_token=metrics_token,
        log_requests=log,
        oidc=oidc if oidc_issuer else None,
    )
    with _bound(host, port) as door:
        app = create_app(settings)
        trace(app, os.environ)
        typer.echo(f"Leerbrug staat klaar op http://{host}:{port}/ (stoppen met Ctrl+C)")
        with suppress(KeyboardInterrupt):
            _server(app).run(sockets=[door])


def _server(app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, proxy_headers=False, timeout_graceful_shutdown=PATIENCE
        )
    )


def _bound(host: str, port: int) -> socket.socket:
    """The address of the server, taken before anything is opened: whoever comes while it starts, waits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = TAKEN.get(error.errno or 0, "dit is geen adres van deze machine")
        raise InputError(
            f"Op {host} poort {port} kan de server niet luisteren: {reason}.",
            remedy="Kies een andere met --host of --port, of stop wat daar al luistert.",
        ) from error
