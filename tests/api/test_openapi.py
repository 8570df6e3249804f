"""The OpenAPI document: its examples are asked, its schemas hold, and schemathesis finds nothing."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from leerbrug.api.settings import Settings
from leerbrug.api.voorbeelden import Voorbeeld, voorbeelden
from leerbrug.api.watch import route_of
from leerbrug.api.zaken import database_van
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tabellen import open_database
from leerbrug.besluiten.tokens import Tokens, lees_instantie
from leerbrug.commands import serve as serve_command
from leerbrug.commands.voorbeelden import maak_voorbeelden, sample_server
from leerbrug.graph.releases import Release
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from .conftest import serving


@pytest.fixture(scope="session")
def document(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/openapi.json").json()
    return found


ELSEWHERE = ("besluiten", "vragen", "sparql", "leertrajecten")
"""Tags of routes whose own tests hold them to their descriptions."""


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method == "get" and not set(operation.get("tags", ())) & set(ELSEWHERE)
    ]


def asked(path: str, operation: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The example request: every path parameter has an example, and of the query those that must be given have."""
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(parameter["example"]))
        elif parameter["in"] == "query" and (parameter.get("required") or "example" in parameter):
            query[parameter["name"]] = parameter["example"]
    return path, query


def test_each_read_answers_its_example_as_its_schema_says(client: httpx.Client, document: dict[str, Any]) -> None:
    registry = Registry().with_resource("urn:api", Resource.from_contents(document, default_specification=DRAFT202012))
    checked = 0
    for path, _, operation in operations(document):
        if "{digest}" in path or path.endswith("{naam}"):
            continue
        url, query = asked(path, operation)
        content = operation["responses"]["200"]["content"]
        for media, described in content.items():
            answer = client.get(url, params=query, headers={"Accept": media})
            if media == "application/xml":
                answer = client.get(url, params={**query, "profiel": "elm-loq"}, headers={"Accept": media})
                assert answer.status_code in (200, 406), url
                continue
            assert answer.status_code == 200, (url, media, answer.text[:300])
            assert answer.headers["Content-Type"].partition(";")[0] == media.partition(";")[0], url
            if "json" in media:
                pointer = json.loads(json.dumps(described["schema"]).replace("#/components", "urn:api#/components"))
                Draft202012Validator(pointer, registry=registry).validate(answer.json())
                checked += 1
            if "example" in described and not set(operation["tags"]) & {"releases", "wijzigingen"}:
                assert (answer.json() if "json" in media else answer.text) == described["example"], url
    assert checked > 30


LINKS = ("self", "first", "prev", "next", "last", "href", "downloads")


def links(answer: Any) -> Iterator[str]:
    """The addresses that an answer gives to go on from."""
    if isinstance(answer, list):
        for one in answer:
            yield from links(one)
    elif isinstance(answer, dict):
        for key, one in answer.items():
            if key in LINKS and isinstance(one, str):
                yield one
            else:
                yield from links(one)


def test_every_link_of_an_example_leads_somewhere(client: httpx.Client, document: dict[str, Any]) -> None:
    """Not those of decisions, which this server does not have, nor of questions, which ask values first."""
    decisions = {one["operationId"] for one in every_operation(document) if "besluiten" in one["tags"]}
    found = {link for name, one in voorbeelden().items() if name not in decisions for link in links(one.antwoord)}
    followed = {link for link in found if link.startswith("/") and not link.startswith("/v1/vragen/")}
    assert len(followed) > 30
    while followed:
        link = followed.pop()
        answer = client.get(link, headers={"Accept": "application/json, */*;q=0.1"})
        assert answer.status_code == 200, (link, answer.text)
        beside = set(re.findall("<(/[^>]+)>", ", ".join(answer.headers.get_list("Link"))))
        followed |= beside - found
        found |= beside


def test_every_operation_refuses_a_parameter_that_it_does_not_know(
    client: httpx.Client, document: dict[str, Any]
) -> None:
    for path, methods in document["paths"].items():
        for method in methods:
            address = re.sub(r"\{\w+\}", "1", path)
            answer = client.request(method, address, params={"verzonnen": "1"}, headers={"Accept": "application/json"})
            assert answer.status_code == 400, (method, path)
            assert [one["name"] for one in answer.json()["issues"]] == ["verzonnen"], (method, path)


WITHOUT_EXAMPLE = {
    "download": "a packed file",
    "rooster": "a workbook",
    "vocabularium": "the vocabulary itself, which stands beside it",
    "suggestions_v1_sparql_completion_get": "every class and property",
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Voorbeeld]:
    """The examples as a server of the embedded data set answers them now."""
    return maak_voorbeelden(*sample_server(tmp_path_factory.mktemp("voorbeelden")))


def test_the_example_of_every_operation_is_its_answer_on_the_embedded_data(made: dict[str, Voorbeeld]) -> None:
    """After a change on purpose `leerbrug openapi --voorbeelden` writes them anew; read the difference."""
    stored = voorbeelden()
    assert set(made) == set(stored)
    for name, one in made.items():
        assert one == stored[name], name
    assert len(made) > 150


def test_every_operation_shows_its_example_and_its_schema_holds_it(document: dict[str, Any]) -> None:
    registry = Registry().with_resource("urn:api", Resource.from_contents(document, default_specification=DRAFT202012))
    without = set()
    for operation in every_operation(document):
        shown = [
            (described.get("schema", {}), described["example"])
            for answer in operation["responses"].values()
            for media, described in answer.get("content", {}).items()
            if "example" in described and "json" in media
        ]
        texts = [one for answer in operation["responses"].values() for one in answer.get("content", {}).values()]
        if not any("example" in one for one in texts):
            without.add(operation["operationId"])
        for schema, example in shown:
            pointer = json.loads(json.dumps(schema).replace("#/components", "urn:api#/components"))
            Draft202012Validator(pointer, registry=registry).validate(example)
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        if "example" in body:
            Draft202012Validator(body["schema"]).validate(body["example"])
    assert without == set(WITHOUT_EXAMPLE)


def every_operation(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def test_every_operation_has_a_name_a_summary_and_its_errors(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    for path, _, operation in operations(document):
        assert operation["summary"], path
        assert operation["tags"], path
        assert "422" not in operation["responses"], path
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] != "path" or "example" in parameter or parameter["name"] == "digest", path


def schemathesis(address: str, folder: Path, *chosen: str, most: int, config: str) -> None:
    """All phases: examples, boundary values, positive and negative data, and sequences; over HTTP."""
    settings = folder / "schemathesis.toml"
    settings.write_text(
        f"seed = 2026\nworkers = 1\n[phases.fuzzing.generation]\nmax-examples = {most}\n{config}", "utf-8"
    )
    program = Path(sys.executable).with_name("schemathesis")
    command = [str(program), "--config-file", str(settings), "run", f"{address}/v1/openapi.json", *chosen]
    done = subprocess.run(
        [*command, "--request-timeout", "30"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=400,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]


CONFIG = """
[phases.stateful.generation]
max-examples = 8
[generation]
mode = "all"
[checks.positive_data_acceptance]
# 4xx: a schema cannot say which codes there are, which forms a profile has, or what a decision may say.
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "406", "409", "412", "422", "428", "429", "5xx"]
[checks.missing_required_header]
# 428 is what RFC 6585 says of an If-Match that is not there; 404 of a record that is not there comes before it.
expected-statuses = [400, 401, 403, 404, 428]
"""
WITH_400 = '["2xx", "3xx", "400", "401", "403", "404", "406", "409", "429", "5xx"]'
STRICT = f"""
[phases.stateful.generation]
max-examples = 15
[generation]
mode = "all"
[checks.positive_data_acceptance]
# 406: a schema cannot say which forms a profile has. 429: another client asked too much.
expected-statuses = ["2xx", "3xx", "401", "403", "404", "406", "409", "429", "5xx"]
[[operations]]
# A schema cannot say what a workbook is: bytes that are none are rightly refused.
include-name = "POST /v1/validaties"
checks.positive_data_acceptance.expected-statuses = {WITH_400}
[[operations]]
# Nor that a bridge has both ends or none.
include-name = "GET /v1/bruggen"
checks.positive_data_acceptance.expected-statuses = {WITH_400}
[[operations]]
# Nor that hours are needed where the smallest is measured by them.
include-name = "GET /v1/kloof"
checks.positive_data_acceptance.expected-statuses = {WITH_400}
[[operations]]
# Nor that two codes must differ.
include-name = "GET /v1/stapstenen"
checks.positive_data_acceptance.expected-statuses = {WITH_400}
"""


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    skipped = [option for tag in ELSEWHERE for option in ("--exclude-tag", tag)]
    schemathesis(address, tmp_path, *skipped, most=8, config=STRICT)


def test_schemathesis_finds_nothing_in_questions_and_trajectories(address: str, tmp_path: Path) -> None:
    """Some of the questions: all are made by the same code."""
    chosen = ("--include-path-regex", "^/v1/(vragen$|vragen/[v-z]|sparql|leertrajecten)")
    schemathesis(address, tmp_path, *chosen, most=4, config=CONFIG)


@pytest.fixture(scope="module")
def decided(sample_release: Release, own_folder: Callable[[Release], Path]) -> Iterator[tuple[str, dict[str, str]]]:
    """A server with a ledger of its own, and a token for each role."""
    folder = own_folder(sample_release)
    tokens = Tokens(open_database(database_van(folder)))
    bodies = {Rol.SECTOR: lees_instantie("sector/bouw"), Rol.BEHEERDER: None, Rol.ONTWERPER: None}
    with serving(Settings(folder)) as url:
        yield url, {rol.value: tokens.maak(rol, rol.value.capitalize(), body)[0] for rol, body in bodies.items()}


@pytest.mark.parametrize(
    ("rol", "paths"),
    [
        ("sector", "haalbaarheidsbesluiten|werkplekaandelen|dualeprofielen"),
        ("beheerder", "mandaten|keuzes|doorwerkingen|besluiten"),
        ("ontwerper", "mappingbesluiten|trajectontwerpen"),
    ],
)
def test_schemathesis_finds_nothing_with_a_token(
    decided: tuple[str, dict[str, str]], tmp_path: Path, rol: str, paths: str
) -> None:
    """Each role writes what it may and is refused the rest; each kind of decision is made by the same code."""
    address, tokens = decided
    chosen = ("--include-path-regex", f"^/v1/({paths})", "--header", f"Authorization: Bearer {tokens[rol]}")
    schemathesis(address, tmp_path, *chosen, most=4, config=CONFIG)


def test_the_page_of_the_api_names_every_setting_of_the_server() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    source = inspect.getsource(serve_command)
    settings = set(re.findall(r'envvar="(LEERBRUG_\w+)"', source))
    assert len(settings) > 10
    assert settings == set(re.findall(r"`(LEERBRUG_\w+)`", page))


def test_every_operation_is_counted_under_its_own_kind(document: dict[str, Any]) -> None:
    assert {path for path in document["paths"] if route_of(path) == "ander"} == set()
