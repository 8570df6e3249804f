"""The web application: a table of contents."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from .beslist import Views
from .blank_fields import WithoutBlankFields
from .cache import Cached
from .changes import Changes
from .citations import Citations
from .limits import Limited
from .live import Live
from .openapi import describe_api
from .packing import Packed
from .problems import add_problem_answers
from .routes import (
    beroepen,
    besluiten,
    bruggen,
    competenties,
    doorwerkingen,
    dualeprofielen,
    gezondheid,
    ids,
    kloof,
    kwalificaties,
    leertrajecten,
    opvolging,
    pagina,
    releases,
    roosters,
    sector,
    sectorbesluit,
    sectorbord,
    sectorontwerp,
    sectortokens,
    structuuronderdelen,
    suggesties,
    trajecten,
    validaties,
    vragen,
    werkbank,
    wijzigingen,
    woorden,
)
from .settings import Settings
from .sparql import routes as sparql
from .tokens import identiteitsbron
from .watch import Meters, Watched

ROUTES = (
    pagina,
    werkbank,
    sector,
    gezondheid,
    kwalificaties,
    competenties,
    beroepen,
    structuuronderdelen,
    trajecten,
    bruggen,
    kloof,
    leertrajecten,
    doorwerkingen,
    dualeprofielen,
    opvolging,
    besluiten,
    roosters,
    sectorbord,
    sectorbesluit,
    sectorontwerp,
    sectortokens,
    suggesties,
    wijzigingen,
    releases,
    validaties,
    vragen,
    woorden,
    sparql,
    ids,
)


WARM_AT_MOST = 20.0
"""How many seconds a server that stops waits for the planner to be ready."""


def create_app(settings: Settings) -> FastAPI:
    """An application that serves the releases in `settings.data`.

    Raises ReleaseError when there is no release yet, InputError for settings that cannot be right.
    """
    app = FastAPI(title="Leerbrug", version="1", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    live = Live(settings)
    app.state.settings, app.state.live, app.state.meters = settings, live, Meters()
    app.state.citations, app.state.changes = Citations(settings.data), Changes(live.releases)
    app.state.desk, app.state.endings = validaties.Desk(), list[Callable[[], None]]()
    app.state.identiteitsbron = identiteitsbron(settings.oidc)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # who sends a broken form is told so
    app.state.zaken, app.state.zaken_lock, app.state.views = None, threading.Lock(), Views()
    add_problem_answers(app)
    for part in ROUTES:
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    describe_api(app)
    app.add_middleware(Packed)
    app.add_middleware(Cached, room=settings.cache, seconds=settings.refresh)
    app.add_middleware(Limited, settings=settings)
    app.add_middleware(WithoutBlankFields)
    app.add_middleware(Watched, meters=app.state.meters, every=settings.log_requests)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Make the planner ready beside the first answers; let go of the files when the server stops."""
    warm = threading.Thread(target=leertrajecten.warm, args=(app.state.live,), name="warm", daemon=True)
    warm.start()
    yield
    warm.join(WARM_AT_MOST)
    for end in app.state.endings:
        end()
    app.state.citations.close()
    app.state.changes.close()
    if app.state.zaken is not None:
        app.state.zaken.close()
