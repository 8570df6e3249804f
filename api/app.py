"""The web application: a table of contents."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from .live import Live
from .problems import add_problem_answers
from .routes import bruggen, ids, kwalificaties, pagina
from .settings import Settings
from .sparql import routes as sparql


def create_app(settings: Settings) -> FastAPI:
    """An application that serves the releases in `settings.data`.

    Raises ReleaseError when there is no release yet.
    """
    app = FastAPI(title="Leerbrug", version="1", docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json")
    app.state.live = Live(settings)
    add_problem_answers(app)
    for part in (pagina, ids, kwalificaties, bruggen):
        app.include_router(part.router)
    app.include_router(sparql.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app
