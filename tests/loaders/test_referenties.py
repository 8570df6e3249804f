"""References get one form, each repair is told, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Place, Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.referenties import HERSTEL, normaliseer, zeg_referentie
from pyoxigraph import NamedNode


@pytest.mark.parametrize(
    ("tekst", "code", "soort", "herstel"),
    [
        ("18111-c", "18111-c", "activiteit", ()),
        ("SK-4116-c", "SK-4116-c", "vaardigheid", ()),
        ("KN-4478-c", "KN-4478-c", "kennis", ()),
        ("co 01805", "co 01805", "dossier", ()),
        ("co 123456", "co 123456", "dossier", ()),
        ("17315", "17315-c", "activiteit", ("achtervoegsel",)),
        ("SK-319", "SK-319-c", "vaardigheid", ("achtervoegsel",)),
        ("KN-595", "KN-595-c", "kennis", ("achtervoegsel",)),
        ("co  0171", "co 00171", "dossier", ("blanco", "nullen")),
        (" 18111-c ", "18111-c", "activiteit", ("blanco",)),
        ("sk-319-C", "SK-319-c", "vaardigheid", ("schrijfwijze",)),
        ("CO01805", "co 01805", "dossier", ("schrijfwijze",)),
        ("-c", "", "", ("leeg",)),
        ("", "", "", ("leeg",)),
        ("SK--c", "", "", ("onleesbaar",)),
        ("18111-d", "", "", ("onleesbaar",)),
        ("zie 18111-c", "", "", ("onleesbaar",)),
    ],
)
def test_each_rule(tekst: str, code: str, soort: str, herstel: tuple[str, ...]) -> None:
    found = normaliseer(tekst)
    assert (found.tekst, found.code, found.soort, found.herstel) == (tekst, code, soort, herstel)


@given(st.text(max_size=20) | st.from_regex(r"\s?(SK-|KN-|co ?)?\d{0,7}(-c)?\s?", fullmatch=True))
def test_a_normal_form_is_normal(tekst: str) -> None:
    found = normaliseer(tekst)
    if found.code:
        again = normaliseer(found.code)
        assert (again.code, again.herstel) == (found.code, ())
    else:
        assert found.herstel
    assert set(found.herstel) <= set(HERSTEL)


def test_what_the_source_wrote_stays_beside_the_normal_form() -> None:
    competentie, place = NamedNode("urn:c"), Place("bk.jsonl", "regel 7")
    said = list(zeg_referentie(competentie, "SK-319", Names(), place, "/r"))
    facts = {(s.predicate, s.object.value) for s in said if isinstance(s, Statement)}
    assert (LEER.referentietekst, "SK-319") in facts
    assert (LEER.referentie, "https://w3id.org/leerbrug/id/referentie/SK-319-c") in facts
    (finding,) = (s for s in said if isinstance(s, Finding))
    assert (finding.rule, str(finding.place)) == ("loader/referentie-achtervoegsel", "bk.jsonl, regel 7 /r")


def test_a_reference_that_says_nothing_is_kept_as_text_only() -> None:
    said = list(zeg_referentie(NamedNode("urn:c"), "-c", Names(), Place("bk.jsonl"), "/r"))
    assert [s.predicate for s in said if isinstance(s, Statement)] == [LEER.referentietekst]
