"""The decisions as the server holds them: ledger, register, tokens and the running graph, opened once."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from ..besluiten.grootboek import Grootboek
from ..besluiten.lopend import Lopend
from ..besluiten.mappings import Mappings
from ..besluiten.projectie import Projectie
from ..besluiten.register import Register
from ..besluiten.tokens import Tokens
from ..besluiten.wereld import Wereld
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.names import Names
from .keuring import shacl_keuring
from .live import Live, Served
from .settings import Settings

BESTAND = "besluiten.sqlite"


def database_van(folder: Path, url: str = "") -> str:
    """The address of the ledger: the one that is set, or a file beside the releases.

    >>> database_van(Path("/data"))
    'sqlite:////data/besluiten.sqlite'
    """
    return url or f"sqlite:///{folder.resolve() / BESTAND}"


@dataclass
class _Over:
    served: Served
    wereld: Wereld
    lopend: Lopend | None = None


class Zaken:
    """What the routes ask: the register for writing and reading, the tokens, and the graph with the decisions in it."""

    def __init__(self, live: Live, url: str) -> None:
        self.grootboek = Grootboek.open(url)
        self.tokens = Tokens(self.grootboek.engine)
        self.register = Register(self.grootboek, self.wereld, shacl_keuring())
        self.mappings = Mappings(self.grootboek, live.current().names)
        self._live, self._lock = live, threading.Lock()
        self._vorig: _Over | None = None
        self._over = _Over(live.current(), Wereld(live.current().catalogus))

    def _huidig(self) -> _Over:
        """What belongs to the release of now; the one before stays readable for who is still asking it."""
        served = self._live.current()
        with self._lock:
            if served is not self._over.served:
                if self._vorig and self._vorig.lopend:
                    self._vorig.lopend.close()
                self._vorig, self._over = self._over, _Over(served, Wereld(served.catalogus))
            return self._over

    def wereld(self) -> Wereld:
        """What the current release says."""
        return self._huidig().wereld

    def lopend(self) -> Lopend:
        """The current release with the decisions since; `generatie().folder` is the store for other processes."""
        over = self._huidig()
        with self._lock:
            if over.lopend is None:
                names = Names(over.wereld.catalogus.basis)
                wereld = over.wereld
                over.lopend = Lopend(over.served.release, Projectie(self.grootboek, names, lambda: wereld))
            return over.lopend

    def store(self) -> Path:
        """The store to ask of now: of the current release, with the decisions since where there are any."""
        if not self.grootboek.laatste():
            return self._huidig().served.release.folder.resolve() / "store"
        return self.lopend().generatie().folder.resolve()

    def graph(self) -> KnowledgeGraph:
        """The same as a graph to ask."""
        return self.lopend().graph()

    def close(self) -> None:
        """Let go of the database and take the running graph away."""
        for over in (self._over, self._vorig):
            if over and over.lopend:
                over.lopend.close()
        self.grootboek.close()


def zaken(request: Request) -> Zaken:
    """The decisions of this application, opened when first asked for."""
    state = request.app.state
    with state.zaken_lock:
        if state.zaken is None:
            settings: Settings = state.settings
            state.zaken = Zaken(state.live, database_van(settings.data, settings.database))
        held: Zaken = state.zaken
        return held


def decided_anything(request: Request) -> bool:
    """Whether there is a ledger to ask: opening one that is not there would make it."""
    settings: Settings = request.app.state.settings
    return bool(settings.database) or (settings.data / BESTAND).exists()
