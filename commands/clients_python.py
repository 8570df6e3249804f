"""The Python of the page for clients: TypedDicts of the schemas, and one function for each operation."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

LARGEST = 60
"""A schema with more properties than this is a thing of the graph: its keys are those of the JSON-LD context."""

SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
PREFIX = "#/components/schemas/"

MODULE = '''"""Typed questions to Leerbrug."""

import json
import os
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict, Unpack

import httpx


{types}


def get(client: httpx.Client, path: str, query: Any) -> Any:
    """The answer to one question; what went wrong is a problem document (RFC 9457)."""
    answer = client.get(path, params=dict(query) or None, headers={{"Accept": "application/json"}})
    return answer.raise_for_status().json()


{functions}


def kwalificaties(client: httpx.Client, **query: Unpack[ZoekKwalificatiesQuery]) -> Iterator[Kwalificatieitem]:
    """Every item that a question finds, page after page."""
    found = zoek_kwalificaties(client, **query)
    yield from found["items"]
    while "next" in found:
        found = get(client, found["next"], {{}})
        yield from found["items"]


with httpx.Client(base_url=os.environ["LEERBRUG"], timeout=60) as client:
{calls}
    print(sum(1 for _ in kwalificaties(client, release=1, pageSize=20)))'''


class Operation(NamedTuple):
    """One operation of the description: its name, its path and what is said of it."""

    name: str
    path: str
    said: Mapping[str, Any]

    def examples(self, where: str) -> dict[str, Any]:
        """The example of each parameter in the path or in the query."""
        parameters = self.said.get("parameters", ())
        return {one["name"]: one["example"] for one in parameters if one["in"] == where and "example" in one}

    @property
    def answer(self) -> str:
        """The name of the schema of its JSON; of several the first."""
        schema = self.said["responses"]["200"]["content"]["application/json"]["schema"]
        return str(schema.get("anyOf", [schema])[0]["$ref"]).removeprefix(PREFIX)


def python(document: Mapping[str, Any], chosen: list[Operation]) -> str:
    """A module that asks each operation its example and prints what it answered, one a line."""
    types = _Types(document["components"]["schemas"])
    for one in chosen:
        types.add(one.answer)
    queries = [types.query(one) for one in chosen]
    return MODULE.format(
        types="\n\n\n".join([*types.written.values(), *queries]),
        functions="\n\n\n".join(_function(one) for one in chosen),
        calls="\n".join(f"    print(json.dumps({_call(one)}))" for one in chosen),
    )


class _Types:
    """The schemas as TypedDicts, each after those that it names."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas, self._begun = schemas, set[str]()
        self.written: dict[str, str] = {}

    def add(self, name: str) -> str:
        """Write a schema and what it names; give its name."""
        if name not in self._begun:
            self._begun.add(name)
            self.written[name] = self._class(name, self._merged(self._schemas[name]))
        return name

    def query(self, one: Operation) -> str:
        """The parameters of the query of an operation."""
        found = {p["name"]: (p["schema"], p.get("required")) for p in one.said["parameters"] if p["in"] == "query"}
        fields = {name: (self.kind(schema, name), bool(must)) for name, (schema, must) in found.items()}
        return _typed_dict(f"{pascal(one.name)}Query", fields)

    def _merged(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """A schema of several, without the part that is a whole thing of the graph."""
        parts = [self._schemas[str(one["$ref"]).removeprefix(PREFIX)] if "$ref" in one else one
                 for one in schema.get("allOf", [schema])]  # fmt: skip
        small = [one for one in parts if len(one.get("properties", {})) <= LARGEST] or parts
        properties = {key: value for one in small for key, value in one.get("properties", {}).items()}
        return {"properties": properties, "required": [key for one in small for key in one.get("required", ())]}

    def _class(self, name: str, schema: Mapping[str, Any]) -> str:
        if len(schema["properties"]) > LARGEST:
            return f"{name} = dict[str, Any]"
        required = schema["required"]
        fields = {key: (self.kind(one, f"{name} {key}"), key in required) for key, one in schema["properties"].items()}
        return _typed_dict(name, fields)

    def kind(self, schema: Mapping[str, Any], name: str) -> str:
        """A schema as a type of Python; an object inside another gets a name of its own."""
        if "$ref" in schema:
            return self.add(str(schema["$ref"]).removeprefix(PREFIX))
        if "enum" in schema:
            return f"Literal[{', '.join(json.dumps(value, ensure_ascii=False) for value in schema['enum'])}]"
        if "anyOf" in schema:
            return " | ".join(dict.fromkeys(self.kind(one, name) for one in schema["anyOf"]))
        kinds = schema.get("type", "any")
        if isinstance(kinds, list):
            return " | ".join(SIMPLE[one] for one in kinds)
        if kinds == "array":
            return f"list[{self.kind(schema.get('items', {}), name)}]"
        return self._object(schema, name) if kinds == "object" else SIMPLE.get(kinds, "Any")

    def _object(self, schema: Mapping[str, Any], name: str) -> str:
        if "properties" not in schema:
            return f"dict[str, {self.kind(schema.get('additionalProperties') or {}, name)}]"
        own = pascal(name)
        merged = {"properties": schema["properties"], "required": schema.get("required", [])}
        self.written.setdefault(own, self._class(own, merged))
        return own


def _typed_dict(name: str, fields: Mapping[str, tuple[str, bool]]) -> str:
    shown = {key: kind if must else f"NotRequired[{kind}]" for key, (kind, must) in fields.items()}
    if all(key.isidentifier() and not keyword.iskeyword(key) for key in shown):
        return "\n".join([f"class {name}(TypedDict):", *(f"    {key}: {kind}" for key, kind in shown.items())])
    pairs = ", ".join(f"{json.dumps(key)}: {kind}" for key, kind in shown.items())
    return f'{name} = TypedDict("{name}", {{{pairs}}})'


def pascal(name: str) -> str:
    """The name of an operation or a field as the name of a class.

    >>> pascal("zoekKwalificaties"), pascal("vraag-competenties-van-bk")
    ('ZoekKwalificaties', 'VraagCompetentiesVanBk')
    """
    return "".join(part[:1].upper() + part[1:] for part in re.split("[^A-Za-z0-9]+", name))


def snake(name: str) -> str:
    """The name of an operation as the name of a function.

    >>> snake("zoekKwalificaties"), snake("vraag-competenties-van-bk")
    ('zoek_kwalificaties', 'vraag_competenties_van_bk')
    """
    return re.sub("[^A-Za-z0-9]+", "_", re.sub("(?<=[a-z])(?=[A-Z])", "_", name)).lower()


def _function(one: Operation) -> str:
    own = [parameter["name"] for parameter in one.said.get("parameters", ()) if parameter["in"] == "path"]
    typed = "".join(f", {name}: {'int' if name == 'versie' else 'str'}" for name in own)
    path = json.dumps(one.path) if not own else f"f{json.dumps(one.path)}"
    return "\n".join(
        [
            f"def {snake(one.name)}(",
            f"    client: httpx.Client{typed}, **query: Unpack[{pascal(one.name)}Query]",
            f") -> {one.answer}:",
            f'    """{" ".join(one.said["description"].split())}"""',
            f"    found: {one.answer} = get(client, {path}, query)",
            "    return found",
        ]
    )


def _call(one: Operation) -> str:
    paths = "".join(f", {quote(str(value))!r}" for value in one.examples("path").values())
    query = "".join(f", {name}={value!r}" for name, value in one.examples("query").items())
    return f"{snake(one.name)}(client{paths}{query})"
