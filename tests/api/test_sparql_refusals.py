# ruff: noqa: E501 - a table of refusals, a line each
"""Why a SPARQL query is not answered, told in Dutch, English and French; held to every sentence that the code has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from leerbrug.api import sparql
from leerbrug.api.languages import retell
from leerbrug.api.settings import Settings
from leerbrug.api.sparql.limits import Limits
from leerbrug.api.sparql.refusal import Refusal

from ..sentences import sentences
from .conftest import serving

HERE = Path(sparql.__file__).parent
PAIRS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMITS = Limits(deadline=60, rows=100, processes=3)
LONG = f"SELECT (COUNT(*) AS ?n) {PAIRS}"

REFUSED: Mapping[str, tuple[int, tuple[str, str, str]]] = {
    "SELECT {": (400, ("SPARQL-vraag is niet geldig", "SPARQL query is not valid", "requête SPARQL n’est pas valable")),
    "ASK {\n\n": (400, ("SPARQL-vraag is niet geldig", "SPARQL query is not valid", "requête SPARQL n’est pas valable")),
    "SELECT * { ?s ?p ?o FILTER(<urn:f>(?s)) }": (400, ("kan niet beantwoord", "cannot be answered", "ne peut recevoir")),
    "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }": (403, ("niet toegelaten", "is not allowed", "n’est pas autorisé")),
    "SELECT * FROM <urn:x> { ?s ?p ?o }": (400, ("niet in deze release", "not in this release", "pas dans cette version")),
    "SELECT * { ?s ?p ?o }": (422, ("meer dan 100 rijen", "more than 100 rows", "plus de 100 lignes")),
    "CONSTRUCT { ?s a <urn:o> } { ?s ?p ?o }": (422, ("100 triples", "100 triples", "100 triplets")),
    LONG: (504, ("na 1 seconden niet klaar", "not ready after 1", "pas terminée après 1")),
}  # fmt: skip
"""A query, its status, and some words of the sentence in each language."""


@pytest.fixture(scope="module")
def home(releases: Path) -> Iterator[str]:
    """A server that answers a hundred rows at most."""
    with serving(Settings(data=releases, sparql=LIMITS)) as url:
        yield url


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:24])
def test_a_refusal_speaks_the_language_of_the_client(home: str, query: str) -> None:
    status, told = REFUSED[query]
    for language, words in zip(("nl", "en", "fr"), told, strict=True):
        headers = {"Accept-Language": language, "Accept": "text/csv, application/n-triples"}
        asked = {"query": query, "timeout": "1" if query == LONG else "60"}
        answer = httpx.post(f"{home}/sparql", data=asked, headers=headers, timeout=120)
        assert (answer.status_code, answer.headers["Content-Language"]) == (status, language)
        assert words in answer.json()["detail"]
        assert "Accept-Language" in answer.headers["Vary"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_refusal_speaks_the_language_that_is_asked_with_lang(home: str) -> None:
    asked = {"query": "ASK {", "lang": "fr"}
    answer = httpx.get(f"{home}/sparql", params=asked, headers={"Accept-Language": "en"}, timeout=60)
    assert answer.json()["detail"].startswith("La requête SPARQL n’est pas valable : error at 1:6")


def test_what_a_client_said_is_said_again_no_further_than_a_person_reads(home: str) -> None:
    answer = httpx.post(f"{home}/sparql", data={"query": f"ASK FROM <urn:{'x' * 200_000}> {{}}"}, timeout=60)
    assert answer.status_code == 400
    assert len(answer.json()["detail"]) < 1_000


def test_a_graph_that_is_not_there_is_told_in_the_language_of_the_client(home: str) -> None:
    answer = httpx.get(f"{home}/graaf/geen", headers={"Accept-Language": "en"}, timeout=60)
    assert (answer.status_code, "is not in this release" in answer.json()["detail"]) == (404, True)


CALLS = ("Refusal", "Refusal.bad")
SAID = sorted({text for path in HERE.glob("*.py") if path.stem != "refusal" for text in sentences(path, CALLS)})
OWN = [
    *(Refusal.too_much(what).detail for what in ("7 rijen", "7 triples", "7 MiB")),
    Refusal.too_long(7).detail,
    Refusal.died().detail,
]


def test_the_sentences_of_the_code_are_found() -> None:
    assert len(SAID) > 20
    assert "Er wachten nu te veel vragen. Probeer het straks opnieuw." in SAID


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_of_the_code_is_told_in_that_language(language: str) -> None:
    for sentence in (*SAID, *OWN):
        told = retell(sentence, language)
        assert told != sentence
        assert not re.search(r"\b(het|een|niet|vraag|geen|deze|zijn)\b", told), told
