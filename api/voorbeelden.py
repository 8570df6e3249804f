"""The example of every operation: a request and its answer on the embedded data set.

Each is a file in `voorbeelden/`, written by `leerbrug openapi --voorbeelden` from a server of that data set; a test
makes them again and compares. What differs each time, as an id or a moment, is written as one fixed value.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).with_name("voorbeelden")


class Voorbeeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked and what was answered; `pad` and `query` are the values of the parameters of the operation."""

    status: int
    soort: str
    antwoord: Any
    pad: dict[str, Any] = {}
    query: dict[str, Any] = {}
    lichaam: Any = None


@lru_cache(maxsize=1)
def voorbeelden() -> Mapping[str, Voorbeeld]:
    """Every example by the name of its operation."""
    return {path.stem: msgspec.json.decode(path.read_bytes(), type=Voorbeeld) for path in sorted(FOLDER.glob("*.json"))}


def put_example(operation: dict[str, Any]) -> None:
    """Say the example of an operation in its description (OpenAPI 3.1): of its parameters, its body and its answer."""
    found = voorbeelden().get(operation["operationId"])
    if found is None:
        return
    for parameter in operation.get("parameters", ()):
        given = found.pad if parameter["in"] == "path" else found.query
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    if found.lichaam is not None:
        for content in operation["requestBody"]["content"].values():
            content["example"] = found.lichaam
    content = operation["responses"].get(str(found.status), {}).get("content", {})
    if found.soort in content:
        content[found.soort]["example"] = found.antwoord
