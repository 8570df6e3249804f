"""Whatever a client is told is wrong can be told in Dutch, English and French: held to every sentence of the code."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from leerbrug import errors
from leerbrug.api.keuring import VORMEN
from leerbrug.api.languages import retell
from leerbrug.api.problems import translate_issue
from leerbrug.checks.shapes import FOLDER
from pyoxigraph import Literal, RdfFormat, parse

from ..sentences import sentences

ROOT = Path(errors.__file__).parent
TOLD = (errors.InputError, errors.BesluitError, errors.QueryTimeoutError)
CALLS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, TOLD)} - {
    "SourceError"
}
"""The errors of which a client is told the sentence; a source is read when a release is made."""

GLOBS = ("api/*.py", "api/routes/*.py", "api/views/*.py", "besluiten/*.py", "pathways/*.py", "graph/vragen.py")
ALONE = {"allepaar_spark", "evaluatie", "inbedding", "verwantschap", "tracing"}
"""Modules of which only the command line, or whoever starts a server, hears."""

SAID = sorted(
    {text for glob in GLOBS for path in ROOT.glob(glob) if path.stem not in ALONE for text in sentences(path, CALLS)}
)
WORKBOOKS = [ROOT / "loaders" / "werkboek" / f"{name}.py" for name in ("guard", "ods", "read", "text")]
UPLOADED = {
    text for path in WORKBOOKS for text in sentences(path, {"refused", "SourceError"}) if text.endswith(".")
} - {"Controleer het pad.", "Dit bestand kan niet geopend worden (7)."}
"""What is said of a workbook as a whole: a client hears it of what it sends to be checked."""

AT_THE_START = {
    "'7' is geen veilig adres.",
    "Een identiteitsbron heeft een https-adres.",
    "OIDC vraagt ook een publiek.",
    "Zet LEERBRUG_OIDC_AUDIENCE.",
    "Het extra 'oidc' is niet geïnstalleerd.",
    "pip install leerbrug[oidc]",
}
"""What is said before a server answers anybody."""

KEUZE = "Kies kan, moet, kan niet of nog niet beslist."
"""A page has words for the verdicts, where the shape has their codes."""

KIND = "7: '7' is geen 7."
"""The kinds of a value of a question stand in this sentence as words."""


def test_the_sentences_of_the_code_are_found() -> None:
    assert len(SAID) > 120
    assert "Hiervoor is een token nodig." in SAID
    assert set(SAID) > {KIND, *AT_THE_START}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_of_the_code_is_told_in_that_language(language: str) -> None:
    kinds = [f"datum: 'morgen' is geen {kind}." for kind in ("datum", "geheel getal")]
    assert retell("x: " * 10_000, language) == "x: " * 10_000
    for sentence in (*(set(SAID) - AT_THE_START - {KIND}), *kinds, *UPLOADED):
        told = retell(sentence, language)
        assert told != sentence, sentence
        assert not re.search(r"\b(het|een|niet|geen|deze|zijn|bij|voor)\b", told), told


def test_what_a_decision_lacks_is_told_in_every_language() -> None:
    """English as the shapes say it themselves; French, which they do not speak, as the pages do."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for form in VORMEN:
        for quad in parse(path=FOLDER / f"{form}.ttl", format=RdfFormat.TURTLE):
            if quad.predicate.value.endswith(("shacl#message", "ns#remedie")) and isinstance(quad.object, Literal):
                texts = said.setdefault((str(quad.subject), quad.predicate.value), {})
                texts[quad.object.language or ""] = quad.object.value
    assert len(said) > 60
    for texts in said.values():
        issue = {"detail": f"besluit/regel: {texts['nl']}"}
        assert translate_issue(issue, "fr") not in (issue["detail"], f"besluit/regel: {texts['en']}")
        if texts["nl"] != KEUZE:
            assert translate_issue(issue, "en") == f"besluit/regel: {texts['en']}"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mijn.csv", b"kolom\nwaarde\n", "mijn.csv: 'mijn.csv' is not named for any sheet. Name it for its sheet: "),
        ("mijn.xlsx", b"PK\x03\x04onzin", "mijn.xlsx: This file is not a zip. Download it again. Compare with the"),
        ("mijn.ttl", b"<a> <b", "mijn.ttl: This is not valid Turtle: "),
        ("mijn.zip", b"PK\x03\x04onzin", "This file is not a zip. Download it again."),
    ],
)
def test_what_is_wrong_with_a_whole_file_is_told_in_one_language(
    client: httpx.Client, name: str, content: bytes, told: str
) -> None:
    answer = client.post("/v1/validaties", files={"bestand": (name, content)}, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(told)
    assert not re.search(r"\b(het|een|is geen)\b", answer.json()["detail"])


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("POST", "/v1/mandaten", 401, ("token nodig", "needs a token", "faut un jeton")),
        ("GET", "/v1/mandaten/geen", 404, ("Er is geen", "There is no", "Il n’y a pas")),
        ("GET", "/v1/vragen/competenties-van-bk", 400, ("mist een waarde", "lacks a value", "manque")),
        ("GET", "/v1/vragen/competenties-van-bk?bk=X", 404, ("niet in deze", "is not in this", "ne figure pas")),
        ("POST", "/v1/validaties?droog=false", 400, ("niets bewaard", "Nothing is kept", "Rien n’est conservé")),
    ],
)
def test_a_refusal_speaks_the_language_of_the_client(
    client: httpx.Client, method: str, path: str, status: int, told: tuple[str, str, str]
) -> None:
    files = {"bestand": ("a.csv", b"a")} if "validaties" in path else None
    for language, words in zip(("nl", "en", "fr"), told, strict=True):
        answer = client.request(method, path, files=files, headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["Content-Language"]) == (status, language)
        assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/v1/leertrajecten?doel=ONZIN", "is not in release 2. Give a BK ("),
        ("/v1/vragen/competenties-van-bk?bk=ONZIN", "is not in this release. Look the code up at /zoeken."),
    ],
)
def test_a_form_says_what_is_wrong_in_the_language_of_the_page(client: httpx.Client, path: str, told: str) -> None:
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert page.status_code == 200
    assert told in page.text
