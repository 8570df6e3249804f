"""The release that is being served: opened once, replaced as a whole when a newer one becomes current."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from ..errors import StoreError, UnknownCodeError
from ..graph.catalogus import Catalogus, Kwalificatie, Kwalificatiesoort
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.names import Names
from ..graph.places import Places
from ..graph.releases import Release, Releases, remote_graph
from ..graph.search import Zoekindex
from ..pathways.allepaar_bewaard import ALLEPAAR, Allepaar, read_allpairs
from ..pathways.vergelijking import Vergelijking
from ..pathways.verwantschap import Verwantschap, profielen
from .description import describe
from .settings import Settings

OLD_RELEASES = 4
"""How many releases beside the current one are kept open."""

DESCRIPTIONS = 4_096

WOORDEN = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?woord ?naam WHERE {
  GRAPH ?ontologie { ?woord a ?soort ; rdfs:label|skos:prefLabel ?naam }
  FILTER(?soort IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty))
}
"""
BEGRIPPEN = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?begrip ?naam WHERE { ?begrip skos:inScheme ?lijst ; skos:prefLabel ?naam }
"""


@dataclass(frozen=True)
class Served:
    """One release with all that its pages ask of it, opened when first asked for."""

    release: Release
    store: str = field(default="", compare=False)
    """The address of a SPARQL server that holds the same graphs; the release's own store when empty."""
    _described: OrderedDict[str, list[Triple]] = field(default_factory=OrderedDict, compare=False, repr=False)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The graph, for SPARQL and documents. Raises StoreError where the server holds another one."""
        return remote_graph(self.release, self.store) if self.store else self.release.graph()

    @cached_property
    def names(self) -> Names:
        """Mints the IRIs of this release."""
        return Names(self.release.manifest.base)

    @cached_property
    def catalogus(self) -> Catalogus:
        """The view that `pathways` computes on."""
        return self.release.catalogus()

    @cached_property
    def elders(self) -> dict[str, Kwalificatie]:
        """Profiles and standards from elsewhere, by code."""
        return self.release.elders()

    @cached_property
    def vergelijking(self) -> Vergelijking:
        """The same, made ready for comparing competences."""
        return Vergelijking(self.catalogus)

    @cached_property
    def ruimer(self) -> Vergelijking:
        """The same with what comes from elsewhere."""
        every = {**self.elders, **self.catalogus.kwalificaties}
        return Vergelijking(msgspec.structs.replace(self.catalogus, kwalificaties=every))

    @cached_property
    def verwantschap(self) -> Verwantschap:
        """How much the beroepskwalificaties look alike: it orders stepping stones and proves nothing."""
        return Verwantschap(profielen(self.catalogus, Kwalificatiesoort.BEROEPSKWALIFICATIE))

    @cached_property
    def reeksen(self) -> dict[str, Kwalificatie]:
        """The newest version of each line of versions, by the code of the line."""
        versies = sorted(self.catalogus.kwalificaties.values(), key=lambda one: one.versie)
        return {one.reeks: one for one in versies if one.reeks and not one.deel_van}

    @cached_property
    def allepaar(self) -> Allepaar:
        """The coverage between any two qualifications, computed when the release was built."""
        return read_allpairs(self.release.folder / ALLEPAAR)

    @cached_property
    def places(self) -> Places:
        """Where each triple is said."""
        return self.release.places()

    @cached_property
    def woorden(self) -> dict[str, dict[str, str]]:
        """The names of our classes and properties: the last part of the IRI -> language -> name."""
        names: dict[str, dict[str, str]] = {}
        for row in self.graph.select(WOORDEN, ontologie=self.names.graph("ontologie")):
            iri, naam = row["woord"], row["naam"]
            if isinstance(iri, NamedNode) and isinstance(naam, Literal):
                names.setdefault(re.split("[#/]", iri.value)[-1], {})[naam.language or "nl"] = naam.value
        return names

    @cached_property
    def begrippen(self) -> dict[str, dict[str, str]]:
        """The names of the concepts of the code lists: IRI -> language -> name."""
        names: dict[str, dict[str, str]] = {}
        for row in self.graph.select(BEGRIPPEN):
            iri, naam = row["begrip"], row["naam"]
            if isinstance(iri, NamedNode) and isinstance(naam, Literal):
                names.setdefault(iri.value, {})[naam.language or "nl"] = naam.value
        return names

    @cached_property
    def zoekindex(self) -> Zoekindex:
        """The labels."""
        return self.release.zoekindex()

    def describe(self, iri: str) -> list[Triple]:
        """The bounded description of a thing. Raises UnknownCodeError where the release says nothing of it."""
        found = self._described.get(iri)
        if found is None:
            found = describe(self.graph, NamedNode(iri))
            if not found:
                raise UnknownCodeError(f"{iri} is niet gevonden in release {self.release.number}.")
            self._described[iri] = found
            while len(self._described) > DESCRIPTIONS:
                self._described.popitem(last=False)
        return found


class Live:
    """Hands out the current release; a reader keeps the one it started with."""

    def __init__(self, settings: Settings) -> None:
        self.releases = Releases(settings.data)
        self.folder, self.database = settings.data, settings.database
        self._refresh = settings.refresh
        self._lock = threading.Lock()
        self._store, self.limits = settings.store, settings.sparql
        self._served = self._opened(self.releases.current())
        self._old: OrderedDict[int, Served] = OrderedDict()
        self._looked = time.monotonic()

    def current(self) -> Served:
        """The newest release, looked for at most once in every `refresh` seconds."""
        if time.monotonic() - self._looked > self._refresh:
            with self._lock:
                self._looked = time.monotonic()
                newest = self.releases.current()
                if newest.number != self._served.release.number:
                    self._served = self._opened(newest, self._served)
        return self._served

    def _opened(self, release: Release, before: Served | None = None) -> Served:
        """A release to serve; with a server of its own once that holds it, and until then the one before."""
        served = Served(release, self._store)
        try:
            if self._store:
                served.graph.graphs()
        except StoreError:
            if before is None:
                raise
            return before
        return served

    def number(self, release: int | None) -> Served:
        """The release of that number, the current one when None. Raises UnknownCodeError where there is none."""
        current = self.current()
        if release is None or release == current.release.number:
            return current
        with self._lock:
            if release not in self._old:
                if release not in {known.number for known in self.releases}:
                    raise UnknownCodeError(f"Release {release} bestaat niet.")
                self._old[release] = Served(self.releases.open(release))
                while len(self._old) > OLD_RELEASES:
                    self._old.popitem(last=False)
            self._old.move_to_end(release)
            return self._old[release]
