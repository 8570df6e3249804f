"""Saying one answer: the few moves that every kind of answer makes, so that each module says only what is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode

from ...graph.names import Names
from ...graph.statements import Finding, Place, Said, Severity, Statement, text
from ...graph.vocabulary import LEER, RDF, RDFS, SKOS, XSD
from .answers import Antwoord, Code
from .codes import Codelijst
from .titels import Titels
from .wording import clean, plain

Veld = tuple[str, NamedNode, Codelijst | Callable[[Any], Literal | NamedNode]]
"""A field of an answer, the property that says it, and how its value becomes a term."""

SLIPS = {
    "randblanco": ("een blanco aan de rand is weggelaten", "a blank at the edge was left out"),
    "dubbele-blanco": ("dubbele blanco's zijn samengenomen", "double blanks were folded"),
    "dubbel-woord": ("een dubbel woord is weggelaten", "a doubled word was left out"),
    "html": ("HTML is omgezet in gewone tekst", "HTML was turned into plain text"),
}


def day(value: date) -> Literal:
    """A date.

    >>> day(date(2025, 9, 1)).value
    '2025-09-01'
    """
    return Literal(value.isoformat(), datatype=XSD.date)


def words(value: str) -> Literal:
    """A Dutch text without blanks at its edges."""
    return text(value.strip())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Mints names, knows where the record stands and which titles its folder has."""

    names: Names
    place: Place
    titels: Titels

    def finding(
        self,
        rule: str,
        spot: str,
        nl: str,
        en: str,
        subject: NamedNode,
        value: str = "",
        severity: Severity = Severity.WARNING,
    ) -> Finding:
        """A finding of this loader at a spot of the record."""
        message = {"nl": nl, "en": en}
        return Finding(f"loader/{rule}", severity, self.place.at(spot), message, subject.value, value)

    def thing(self, node: NamedNode, kind: NamedNode, code: str, spot: str = "") -> Iterator[Statement]:
        """Its class and its code."""
        yield Statement(node, RDF.type, kind, spot)
        yield Statement(node, LEER.code, Literal(code), spot)

    def title(self, node: NamedNode, titel: str | None, spot: str) -> Iterator[Said]:
        """A title: as the source gives it, and as it should be shown."""
        if titel is not None:
            yield Statement(node, LEER.titel, Literal(titel), spot)
            yield from self._shown(node, titel, spot)

    def label(self, node: NamedNode, tekst: str, spot: str) -> Iterator[Said]:
        """A text that names a thing: as it should be shown; as the source gives it only where that differs."""
        if clean(tekst)[1]:
            yield Statement(node, LEER.titel, Literal(tekst), spot)
        yield from self._shown(node, tekst, spot)

    def derived(self, node: NamedNode, label: str, spot: str) -> Iterator[Statement]:
        """A label that we make from the title of another thing, whose slips are told with that thing."""
        yield Statement(node, SKOS.prefLabel, text(clean(label)[0]), spot)

    def _shown(self, node: NamedNode, tekst: str, spot: str) -> Iterator[Said]:
        shown, slips = clean(tekst)
        yield Statement(node, SKOS.prefLabel, text(shown), spot)
        yield from self._slips(node, tekst, slips, spot)

    def running(self, node: NamedNode, predicate: NamedNode, tekst: str | None, spot: str) -> Iterator[Said]:
        """A running text, without HTML and doubled words."""
        if tekst is not None:
            shown, slips = plain(tekst)
            if shown:
                yield Statement(node, predicate, text(shown), spot)
            yield from self._slips(node, tekst, slips, spot)

    def _slips(self, node: NamedNode, tekst: str, slips: Sequence[str], spot: str) -> Iterator[Finding]:
        for slip in slips:
            nl, en = SLIPS[slip]
            yield self.finding(slip, spot, f"In de tekst: {nl}.", f"In the text: {en}.", node, tekst[:200])

    def fields(self, node: NamedNode, answer: Antwoord, table: Sequence[Veld], at: str = "") -> Iterator[Said]:
        """The fields of a table that the answer has."""
        for name, predicate, make in table:
            value = getattr(answer, name)
            if value is None:
                continue
            if isinstance(make, Codelijst):
                yield from self.concept(node, predicate, make, value, f"{at}/{name}")
            else:
                yield Statement(node, predicate, make(value), f"{at}/{name}")

    def concept(
        self, node: NamedNode, predicate: NamedNode, lijst: Codelijst, value: str | Code, spot: str
    ) -> Iterator[Said]:
        """A value of a code list; one that the list does not have is a finding."""
        written = (value,) if isinstance(value, str) else (value.code, value.omschrijving)
        term = next((found for item in written if item is not None and (found := lijst.term(item))), None)
        if term is not None:
            yield Statement(node, predicate, term, spot)
        else:
            said = " ".join(item for item in written if item)
            nl = f"{said!r} staat niet in de codelijst {lijst.naam}: niet overgenomen."
            en = f"{said!r} is not in the code list {lijst.naam}: not taken over."
            yield self.finding("onbekende-code", spot, nl, en, node, said)

    def address(self, node: NamedNode, url: str | None, spot: str) -> Iterator[Said]:
        """An address on the web of the thing."""
        if url:
            try:
                yield Statement(node, RDFS.seeAlso, NamedNode(url), spot)
            except ValueError:
                nl, en = "Dit is geen geldig adres: niet overgenomen.", "This is not a valid address: not taken over."
                yield self.finding("ongeldig-adres", spot, nl, en, node, url)
