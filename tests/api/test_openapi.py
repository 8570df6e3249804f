"""The OpenAPI document: its examples are asked, its schemas hold, and schemathesis finds nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from leerbrug.api.voorbeelden import Voorbeeld, voorbeelden
from leerbrug.commands.voorbeelden import maak_voorbeelden, sample_server
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

pytestmark = pytest.mark.xdist_group("api")


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


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    """Positive and negative data, boundary values, examples and stateful sequences, against the server over HTTP."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, "utf-8")
    schemathesis = Path(sys.executable).with_name("schemathesis")
    skipped = [option for tag in ELSEWHERE for option in ("--exclude-tag", tag)]
    command = [str(schemathesis), "--config-file", str(config), "run", f"{address}/v1/openapi.json", *skipped]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=400, env={**os.environ, "NO_COLOR": "1"}
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]


def test_schemathesis_finds_nothing_in_decisions_questions_and_trajectories(address: str, tmp_path: Path) -> None:
    """One kind of decision and half of the questions: the others are made by the same code."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(BOUNDED, "utf-8")
    schemathesis = Path(sys.executable).with_name("schemathesis")
    command = [str(schemathesis), "--config-file", str(config), "run", f"{address}/v1/openapi.json"]
    command += ["--include-path-regex", GENERATED, "--request-timeout", "30"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=200, env={**os.environ, "NO_COLOR": "1"}
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]


GENERATED = "^/v1/(haalbaarheidsbesluiten|besluiten|dualeprofielen|vragen/[b-z]|sparql|leertrajecten)"

BOUNDED = """
seed = 2026
workers = 2
[generation]
mode = "all"
[phases.fuzzing.generation]
max-examples = 4
[phases.coverage]
enabled = false
[phases.stateful]
enabled = false
[checks.positive_data_acceptance]
# 400: a schema cannot say which codes and values a question knows.
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "406", "409", "412", "422", "428", "429", "5xx"]
"""

CONFIG = """
seed = 2026
workers = 2
[generation]
mode = "all"
[phases.fuzzing.generation]
max-examples = 12
[phases.stateful.generation]
max-examples = 15
[checks.positive_data_acceptance]
# 406: a schema cannot say which forms a profile has. 429: another client asked too much.
expected-statuses = ["2xx", "3xx", "401", "403", "404", "406", "409", "429", "5xx"]
[[operations]]
# A schema cannot say what a workbook is: bytes that are none are rightly refused.
include-name = "POST /v1/validaties"
checks.positive_data_acceptance.enabled = false
"""
