"""The release that is being served: opened once, replaced as a whole when a newer one becomes current."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cached_property

from ..graph.catalogus import Catalogus
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.releases import Release, Releases
from ..graph.search import Zoekindex
from ..pathways.vergelijking import Vergelijking
from .settings import Settings


@dataclass(frozen=True)
class Served:
    """One release with all that its pages ask of it, opened when first asked for."""

    release: Release

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The graph, for SPARQL and documents."""
        return self.release.graph()

    @cached_property
    def catalogus(self) -> Catalogus:
        """The view that `pathways` computes on."""
        return self.release.catalogus()

    @cached_property
    def vergelijking(self) -> Vergelijking:
        """The same, made ready for comparing competences."""
        return Vergelijking(self.catalogus)

    @cached_property
    def zoekindex(self) -> Zoekindex:
        """The labels."""
        return self.release.zoekindex()


class Live:
    """Hands out the current release; a reader keeps the one it started with."""

    def __init__(self, settings: Settings) -> None:
        self._releases = Releases(settings.data)
        self._refresh = settings.refresh
        self._lock = threading.Lock()
        self._served = Served(self._releases.current())
        self._looked = time.monotonic()

    def current(self) -> Served:
        """The newest release, looked for at most once in every `refresh` seconds."""
        if time.monotonic() - self._looked > self._refresh:
            with self._lock:
                self._looked = time.monotonic()
                newest = self._releases.current()
                if newest.number != self._served.release.number:
                    self._served = Served(newest)
        return self._served

    def number(self, release: int | None) -> Served:
        """The release of that number, the current one when None."""
        current = self.current()
        if release is None or release == current.release.number:
            return current
        return Served(self._releases.open(release))
