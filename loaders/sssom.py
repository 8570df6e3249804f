"""SSSOM: sets of mappings between two vocabularies as TSV with a metadata header, read and written.

Source of the format: the Simple Standard for Sharing Ontological Mappings (SSSOM/TSV). A mapping is what somebody
claims with a justification, so it becomes a thing of its own and never a bare triple between the two.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from pyoxigraph import Literal, NamedNode

from ..errors import SourceError
from ..graph.names import Names, digest
from ..graph.statements import Place, Said, Statement, text
from ..graph.vocabulary import DCTERMS, LEER, RDF, SKOS, XSD
from .files import lines
from .source import Source

PREFIXES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "orcid": "https://orcid.org/",
}
"""The prefixes that SSSOM builds in; a set declares its own in curie_map."""

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
WHO = ("author_id", "author_label")
OPTIONAL = ("predicate_modifier", "subject_label", "object_label", *WHO, "confidence")
LAST = ("mapping_date", "comment")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ID = re.compile(r"[A-Za-z][\w.+-]*:\S+")
_CONFIDENCE = re.compile(r"0(\.\d+)?|1(\.0+)?")


class Record(msgspec.Struct, frozen=True, gc=False):
    """One mapping, its CURIEs made whole; `niet` when the set says that it does not hold (predicate_modifier Not)."""

    place: Place
    onderwerp: str
    predicaat: str
    voorwerp: str
    rechtvaardiging: str
    niet: bool = False
    auteur: str = ""
    vertrouwen: str = ""
    datum: str = ""
    opmerking: str = ""
    verzameling: str = ""


def records(path: Path) -> Iterator[Record]:
    """The mappings of one .sssom.tsv file, or of every one in a folder.

    Raises SourceError that names the row and the column: an unknown prefix, a missing value, a confidence outside 0
    to 1, a date that is none.
    """
    files = sorted(path.glob("*.tsv*")) if path.is_dir() else [path]
    if not files:
        raise SourceError("Hier staat geen mappingverzameling.", place=str(path), remedy="Geef een bestand .sssom.tsv.")
    for file in files:
        yield from _mappings(file)


def _mappings(path: Path) -> Iterator[Record]:
    header: list[str] = []
    comments: list[str] = []
    head = _Head(path, {})
    for number, line in lines(path, "utf-8-sig"):
        if line.startswith("#") and not header:
            comments.append(line[1:])
        elif not header and line.strip():
            header = line.split("\t")
            head = _Head(path, _metadata(comments, path))
            head.check(header, number)
        elif line.strip():
            values = line.split("\t")
            if len(values) > len(header):
                raise head.error(
                    f"heeft {len(values)} velden, de kop {len(header)}", number, "Verwijder de extra tabs."
                )
            yield head.record(dict(zip(header, values, strict=False)), number)


def _metadata(comments: list[str], path: Path) -> dict[str, dict[str, str]]:
    """The header of a set: `key: value`, and one level of `key:` with indented `name: value` or `- value` below it."""
    found: dict[str, dict[str, str]] = {}
    current = ""
    for number, line in enumerate(comments, 1):
        name, colon, value = line.strip().removeprefix("- ").partition(": ")
        if not line.strip():
            continue
        if line.strip().startswith("- ") or line.startswith((" ", "\t")):
            key = line.strip().removeprefix("- ") if not colon else name
            found.setdefault(current, {})[_plain(key)] = _plain(value)
        elif colon or name.endswith(":"):
            current = name.removesuffix(":")
            found[current] = {"": _plain(value)} if value else {}
        else:
            remedy = "Schrijf de metadata als '#sleutel: waarde'."
            raise SourceError(
                "Deze regel van de kop is geen metadata.", place=f"{path.name}, regel {number}", remedy=remedy
            )
    return found


def _plain(value: str) -> str:
    return value.strip().strip("\"'")


class _Head:
    """What holds for every row of one set: its file, its prefixes and the values that its metadata gives to all."""

    def __init__(self, path: Path, metadata: Mapping[str, Mapping[str, str]]) -> None:
        self.path = path
        self.prefixes = PREFIXES | dict(metadata.get("curie_map", {}))
        self.shared = {key: values[""] for key, values in metadata.items() if values.get("")}

    def error(self, message: str, number: int, remedy: str, column: str = "") -> SourceError:
        spot = f"{self.path.name}, regel {number}" + (f", kolom {column}" if column else "")
        return SourceError(f"Deze rij {message}.", place=spot, remedy=remedy)

    def check(self, header: list[str], number: int) -> None:
        """The columns that SSSOM requires are there, or the metadata gives their value for the whole set."""
        if missing := [column for column in REQUIRED if column not in header and column not in self.shared]:
            remedy = f"SSSOM vraagt de kolommen {', '.join(REQUIRED)}."
            raise self.error(f"mist {', '.join(missing)}", number, remedy)

    def record(self, row: Mapping[str, str], number: int) -> Record:
        """One row as a mapping; the metadata fills what the row leaves empty."""
        value = {key: (row.get(key) or self.shared.get(key, "")).strip() for key in (*REQUIRED, *OPTIONAL, *LAST)}
        subject, predicate, other, why = (self.whole(value[column], number, column) for column in REQUIRED)
        self._typed(value["confidence"], value["mapping_date"], number)
        return Record(
            Place(self.path.name, f"regel {number}"),
            subject,
            predicate,
            other,
            why,
            niet=value["predicate_modifier"] == "Not",
            auteur=value["author_id"] or value["author_label"] or self.shared.get("creator_id", ""),
            vertrouwen=value["confidence"],
            datum=value["mapping_date"],
            opmerking=value["comment"],
            verzameling=self.shared.get("mapping_set_id", ""),
        )

    def _typed(self, confidence: str, date: str, number: int) -> None:
        if confidence and not _CONFIDENCE.fullmatch(confidence):
            remedy = "Geef een getal van 0 tot en met 1, met een punt."
            raise self.error(f"heeft als vertrouwen {confidence!r}", number, remedy, "confidence")
        try:
            _ = date and datetime.date.fromisoformat(date)
        except ValueError:
            raise self.error(f"heeft als datum {date!r}", number, "Schrijf jjjj-mm-dd.", "mapping_date") from None

    def whole(self, curie: str, number: int, column: str) -> str:
        """The IRI of a CURIE, by the prefixes of the set."""
        if _IRI.fullmatch(curie):
            return curie
        prefix, _, rest = curie.partition(":")
        iri = self.prefixes.get(prefix, "") + rest
        if prefix in self.prefixes and rest and _IRI.fullmatch(iri):
            return iri
        what = f"heeft {curie!r}, met een onbekend voorvoegsel" if curie else "heeft hier geen waarde"
        raise self.error(what, number, "Zet het voorvoegsel in curie_map, of geef de volle IRI.", column)


def said(record: Record, names: Names) -> Iterator[Said]:
    """Say one mapping; one that the set denies says so, as a denied decision does (leer:ontkend).

    >>> record = Record(Place("a.sssom.tsv", "regel 9"), "http://a", SKOS.exactMatch.value, "http://b", "http://c")
    >>> len(list(said(record, Names())))
    5
    """
    parts = [record.onderwerp, record.predicaat, record.voorwerp, record.rechtvaardiging, record.auteur, record.datum]
    parts += ["Not"] * record.niet
    mapping = names.iri("mapping", digest(*parts) + digest(*reversed(parts)))
    yield Statement(mapping, RDF.type, LEER.Mapping)
    yield Statement(mapping, LEER.mappingSubject, NamedNode(record.onderwerp))
    yield Statement(mapping, LEER.mappingPredicaat, NamedNode(record.predicaat))
    if record.niet:
        yield Statement(mapping, LEER.ontkend, Literal(True))
    yield Statement(mapping, LEER.mappingObject, NamedNode(record.voorwerp))
    yield Statement(mapping, LEER.rechtvaardiging, NamedNode(record.rechtvaardiging))
    if record.auteur:
        yield Statement(mapping, LEER.mappingAuteur, Literal(record.auteur))
    if record.vertrouwen:
        yield Statement(mapping, LEER.vertrouwen, Literal(record.vertrouwen, datatype=XSD.decimal))
    if record.datum:
        yield Statement(mapping, LEER.mappingDatum, Literal(record.datum, datatype=XSD.date))
    if record.opmerking:
        yield Statement(mapping, SKOS.note, text(record.opmerking))
    if record.verzameling:
        yield Statement(mapping, DCTERMS.isPartOf, NamedNode(record.verzameling))


def write(mappings: Iterable[Record], prefixes: Mapping[str, str], set_id: str) -> Iterator[str]:
    """The lines of an SSSOM/TSV file with those mappings, IRIs shortened by the prefixes; what `records` reads back."""
    yield f"#mapping_set_id: {set_id}\n"
    yield "#curie_map:\n"
    known = PREFIXES | dict(prefixes)
    yield from (f"#  {prefix}: {iri}\n" for prefix, iri in known.items())
    yield "\t".join((*REQUIRED, "predicate_modifier", *WHO, "confidence", "mapping_date", "comment")) + "\n"
    for record in mappings:
        ids = (record.onderwerp, record.predicaat, record.voorwerp, record.rechtvaardiging)
        # An id of SSSOM is an IRI or a CURIE; the name of a person is a label.
        who = (record.auteur, "") if _ID.fullmatch(record.auteur) else ("", record.auteur)
        rest = ("Not" if record.niet else "", *who, record.vertrouwen, record.datum, record.opmerking)
        values = (*(_short(iri, known) for iri in ids), *rest)
        yield "\t".join(" ".join(value.split()) for value in values) + "\n"


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [
        (len(start), prefix, start) for prefix, start in prefixes.items() if iri.startswith(start) and iri != start
    ]
    return max(fitting)[1] + ":" + iri[max(fitting)[0] :] if fitting else iri


SOURCE = Source(
    key="sssom",
    title="Mappings (SSSOM)",
    publisher="wie de verzameling maakte",
    licence="zoals de verzameling zegt",
    address="https://mapping-commons.github.io/sssom/",
    records=records,
    said=said,
)
