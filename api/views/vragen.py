"""The pages of the library of questions: the list, and one question with its form, its answer and its SPARQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup

from ...graph.vocabulary import PREFIXES
from ...graph.vragen import Antwoord, Cell, Keuze, Parameter, Vraag, keuzes
from ..live import Served
from ..pages import Page
from ..reading import Reading
from ..svg_staven import Staaf, staafdiagram

VOOR = (("ontwerper", "Voor wie opleidingen ontwerpt"), ("sector", "Voor de sector"), ("monitoring", "Om te volgen"))
"""For whom a question is, and the heading above theirs."""

MANY = 400
"""More values than this are not a list to choose from, but suggestions while one types."""

MOST_BARS = 40

VORMEN = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))


@lru_cache(maxsize=256)
def _keuzes(served: Served, parameter: _Key, language: str) -> tuple[Keuze, ...]:
    return tuple(keuzes(served.graph, parameter.parameter, language))


class _Key:
    """A parameter as a key: two questions that ask for the same list share it."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter, self._key = parameter, (parameter.soort, parameter.klasse, parameter.lijst)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._key == other._key


def vragenpagina(page: Page, found: Sequence[Vraag], voor: str, q: str) -> bytes:
    """The questions, grouped by whom they are for."""
    groepen = [(wie, page._(naam), [one for one in found if one.voor == wie]) for wie, naam in VOOR]
    values = {
        "vragen": [groep for groep in groepen if groep[2]],
        "keuze": [(wie, page._(naam)) for wie, naam in VOOR],
        "voor": voor,
        "zoekwoord": q,
    }
    return page.html("vragen.html", values)


def vraagpagina(reading: Reading, one: Vraag, shown: Mapping[str, str], found: Antwoord | None, fault: str) -> bytes:
    """One question: its form with these values, and the answer or what is wrong with them."""
    page = reading.page()
    velden = [
        {
            "naam": name,
            "titel": parameter.titel[page.taal],
            "soort": parameter.soort,
            "waarde": shown.get(name, ""),
            "voorbeeld": parameter.voorbeeld,
            "keuzes": _keuzes(reading.served, _Key(parameter), page.taal),
        }
        for name, parameter in one.parameters.items()
    ]
    vormen = [
        (naam, f"/v1/vragen/{one.slug}?{urlencode({**(found.parameters if found else {}), 'format': vorm})}")
        for vorm, naam in VORMEN
    ]
    sparql = met_waarden(one, shown, page.served.catalogus.basis)
    values = {
        "een": one,
        "velden": velden,
        "antwoord": found,
        "fout": fault,
        "vormen": vormen,
        "veel": MANY,
        "cel": lambda cell: _shown(page, cell),
        "adressen": _adressen(reading.served),
        "diagram": _diagram(page, one, found) if found else Markup(),
        "sparql": sparql,
        "werkbank": f"/werkbank?{urlencode({'query': sparql})}",
    }
    return page.html("vraag.html", values)


@lru_cache(maxsize=8)
def _adressen(served: Served) -> dict[str, str]:
    """The IRI of each code that a table may show."""
    catalogus = served.catalogus
    return {one.code: one.iri for one in catalogus.kwalificaties.values()} | {
        code: erkenning.iri for code, erkenning in catalogus.erkenningen.items()
    }


def _diagram(page: Page, one: Vraag, found: Antwoord) -> Markup:
    """Bars where each row is a name and a number."""
    if len(found.kolommen) != 2 or not 2 <= len(found.rijen) <= MOST_BARS:
        return Markup()
    staven = [Staaf(str(naam), getal) for naam, getal in found.rijen if isinstance(getal, int | float)]
    return staafdiagram(staven, page.tekst(one.titel)) if len(staven) == len(found.rijen) else Markup()


def met_waarden(one: Vraag, asked: Mapping[str, str], basis: str) -> str:
    """The SPARQL to go on with: its values stand at the beginning of its pattern, where they can be changed.

    The values are written as terms, their quotes escaped; the text is for a person to read and edit.
    """
    used = {**PREFIXES, "id": f"{basis}/id/"}
    head = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in used.items() if f"{prefix}:" in one.sparql]
    rows = [
        f"  VALUES ?{name} {{ {als_term(parameter, asked[name])} }}"
        for name, parameter in one.parameters.items()
        if asked.get(name)
    ]
    before, brace, after = one.sparql.partition("{")
    return "\n".join([*head, before + brace, *rows, after.lstrip("\n")])


def als_term(parameter: Parameter, value: str) -> str:
    """A value as it is written in SPARQL.

    >>> als_term(Parameter("tekst", {}, ""), 'bak"ker')
    '"bak\\\\"ker"'
    """
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    match parameter.soort:
        case "begrip":
            return f"<{PREFIXES['lijst']}{parameter.lijst}/{value}>"
        case "datum":
            return f"{quoted}^^<http://www.w3.org/2001/XMLSchema#date>"
        case "getal":
            return value
    return quoted


def _shown(page: Page, cell: Cell) -> str:
    if isinstance(cell, bool):
        return page._("ja" if cell else "nee")
    return "" if cell is None else str(cell)
