"""Finding things by name, synonym or code: a full-text index of the labels of one release.

Label search is SQLite FTS5 and never a SPARQL regex (ms instead of seconds). Diacritics and case do not matter, words
may be begun and not finished, and a word with a typing error is found through its trigrams.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, utils

from .knowledge_graph import KnowledgeGraph
from .vocabulary import LEER

SOORTEN: Mapping[str, str] = {
    "Beroepskwalificatieversie": "kwalificatie",
    "Deelkwalificatie": "kwalificatie",
    "Beroepsstandaard": "standaard",
    "Beroepscompetentieprofiel": "beroep",
    "Beroep": "beroep",
    "Competentie": "competentie",
    "Structuuronderdeel": "programma",
    "Onderwijsdoel": "doel",
}
"""The class of a thing -> the group under which a person finds it."""

_OF_CLASS = "SELECT DISTINCT ?iri WHERE { ?iri a ?klasse }"
_CODES = "SELECT ?iri ?code WHERE { ?iri leer:code ?code }"
_NAMES = (
    ("SELECT ?iri ?tekst WHERE { ?iri skos:prefLabel ?tekst }", True),
    ("SELECT ?iri ?tekst WHERE { ?iri skos:altLabel ?tekst }", False),
    ("SELECT ?iri ?tekst WHERE { ?iri leer:synoniem ?tekst }", False),
)

_LIKENESS = 78
"""How alike (0–100) a word and a label must be when no label holds the words as typed."""


class Label(NamedTuple):
    """One name of one thing, in one language ("" where none is said); `hoofd` marks the preferred name."""

    iri: str
    klasse: str
    code: str
    taal: str
    tekst: str
    hoofd: bool


class Treffer(NamedTuple):
    """A thing that was found: its preferred name, the group it belongs to and the label that matched.

    `taal` and `gevonden_taal` are the languages of the name and of that label, "" where none is said.
    """

    iri: str
    klasse: str
    soort: str
    code: str
    naam: str
    gevonden: str
    taal: str = ""
    gevonden_taal: str = ""


def labels(graph: KnowledgeGraph) -> Iterator[Label]:
    """The names of everything of a class in SOORTEN.

    Each question runs through one index from begin to end, and the answers meet here: joined in the store, a thing
    that several sources speak of gives every pair of its triples, which took twenty times as long.
    """
    classes: dict[str, list[str]] = {}
    for klasse in SOORTEN:
        for (iri,) in graph.select(_OF_CLASS, klasse=LEER[klasse]):
            classes.setdefault(iri.value, []).append(klasse)
    codes: dict[str, set[str]] = {}
    for iri, code in graph.select(_CODES):
        if iri.value in classes:
            codes.setdefault(iri.value, set()).add(code.value)
    for query, hoofd in _NAMES:
        for iri, tekst in graph.select(query):
            for klasse in classes.get(iri.value, ()):
                for code in codes.get(iri.value, {""}):
                    yield Label(iri.value, klasse, code, tekst.language or "", tekst.value, hoofd)


def plain(tekst: str) -> str:
    """The text without case and diacritics.

    >>> plain("Pâtissier")
    'patissier'
    """
    decomposed = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def write_index(path: Path, items: Iterable[Label]) -> int:
    """Write the index anew, in a stable order so that the same labels give the same answers; returns their number."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE label (
                iri TEXT, klasse TEXT, code TEXT, taal TEXT, tekst TEXT, hoofd INTEGER, plat TEXT);
            CREATE VIRTUAL TABLE woord USING fts5(
                tekst, code, content='label', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
            CREATE VIRTUAL TABLE trigram USING fts5(
                plat, content='label', tokenize="trigram", detail='none');
            """
        )
        rows = [(*item, plain(item.tekst)) for item in sorted(set(items))]
        database.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute("INSERT INTO woord(woord) VALUES ('rebuild')")
        database.execute("INSERT INTO trigram(trigram) VALUES ('rebuild')")
        database.execute("CREATE INDEX label_iri ON label(iri, hoofd)")
        database.commit()
        return len(rows)


class Zoekindex:
    """The index of one release, opened read-only; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def zoek(self, vraag: str, *, soort: str = "", taal: str = "nl", hoogstens: int = 20) -> list[Treffer]:
        """What `vraag` finds, best first: names that hold every word first, then names that are nearly so.

        `soort` limits to one group of SOORTEN; `taal` is the language of the preferred name shown.
        """
        vraag = vraag.replace("\0", " ")
        words = re.findall(r"\w+", vraag)
        if not words:
            return []
        match = " ".join(f'"{word}"*' for word in words)
        found = self._best(self._rows("woord", "bm25(woord)", match, soort, hoogstens * 8), vraag, hoogstens)
        if len(found) < hoogstens:
            near = self._near(vraag, soort)
            found += [row for row in self._best(near, vraag, hoogstens) if row[0] not in {old[0] for old in found}]
        return [self._treffer(row, taal) for row in found[:hoogstens]]

    def _rows(self, table: str, rank: str, match: str, soort: str, limit: int) -> list[tuple[str, ...]]:
        classes = [klasse for klasse, group in SOORTEN.items() if not soort or group == soort]
        marks = ", ".join("?" * len(classes))
        query = (
            f"SELECT l.iri, l.klasse, l.code, l.tekst, l.taal FROM {table} JOIN label l ON l.rowid = {table}.rowid "
            f"WHERE {table} MATCH ? AND l.klasse IN ({marks}) ORDER BY {rank}, l.tekst, l.iri LIMIT ?"
        )
        return self._database.execute(query, (match, *classes, limit)).fetchall()

    def _near(self, vraag: str, soort: str) -> list[tuple[str, ...]]:
        vraag = plain(vraag)
        grams = {vraag[start : start + 3] for start in range(len(vraag) - 2)}
        match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
        rows = self._rows("trigram", "rank", match, soort, 400) if grams else []
        return [row for row in rows if fuzz.WRatio(vraag, row[3], processor=utils.default_process) >= _LIKENESS]

    @staticmethod
    def _best(rows: list[tuple[str, ...]], vraag: str, limit: int) -> list[tuple[str, ...]]:
        best: dict[str, tuple[str, ...]] = {}
        for row in rows:
            best.setdefault(row[0], row)
        likeness = {iri: -fuzz.ratio(vraag, row[3], processor=utils.default_process) for iri, row in best.items()}
        return [best[iri] for iri in sorted(best, key=lambda iri: (likeness[iri], best[iri][2], iri))][:limit]

    def _treffer(self, row: tuple[str, ...], taal: str) -> Treffer:
        iri, klasse, code, tekst, eigen = row
        names = self._database.execute("SELECT taal, tekst FROM label WHERE iri = ? AND hoofd = 1", (iri,)).fetchall()
        by_language = dict(names) or {eigen: tekst}
        shown = next(language for language in (taal, "nl", "en", *by_language) if language in by_language)
        return Treffer(iri, klasse, SOORTEN[klasse], code, by_language[shown], tekst, shown, eigen)
