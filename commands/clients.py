"""The page with typed examples in curl, Python and TypeScript, made from the description of the API."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from .clients_python import Operation, python

CHOSEN = (
    "zoekKwalificaties",
    "versies",
    "zoekStructuuronderdelen",
    "standaardtraject",
    "suggesties",
    "kloof",
    "vraag-competenties-van-bk",
)
"""The operations of the page: one of each kind that people begin with."""

FORMS = (
    ("a page of a standard as Turtle, by its persistent address", "/id/beroepskwalificatie/BK-0019/3", "text/turtle"),
    ("the answer to a question as CSV", "/v1/vragen/competenties-van-bk?bk=BK-0019-3", "text/csv"),
    ("the same standard for Europass", "/v1/kwalificaties/BK-0019/versies/3?profiel=elm-loq", "application/xml"),
)

PAGE = """# Asking the API from a program

Made by `leerbrug openapi --clients docs/clients.md` from the description of the API, and run by a test against a server
on the embedded data set, which holds each answer to the example of its operation. `$LEERBRUG` is the address of a
server; the description of every operation is at `/v1/openapi.json` (OpenAPI 3.1).

| Operation | Address | What it answers |
|---|---|---|
{table}

## curl

```sh
{curl}
```

Other forms of the same things:

```sh
{forms}
```

## Python

Types and functions for these operations; it needs `httpx`, and mypy is content with it in its strict mode.

```python
{python}
```

## TypeScript

The types come from the description: `npx openapi-typescript "$LEERBRUG/v1/openapi.json" --output api.ts`.

```ts
{typescript}
```
"""


def clients_page(document: Mapping[str, Any]) -> str:
    """The page, from an OpenAPI document whose operations have examples."""
    chosen = _operations(document)
    return PAGE.format(
        table="\n".join(f"| `{one.name}` | `{one.path}` | {_sentence(one.said['description'])} |" for one in chosen),
        curl="\n".join(_curl(_address(one), "application/json") for one in chosen),
        forms="\n".join(f"# {why}\n{_curl(address, media)}" for why, address, media in FORMS),
        python=python(document, chosen),
        typescript=_typescript(chosen),
    )


def _operations(document: Mapping[str, Any]) -> list[Operation]:
    found = {
        operation["operationId"]: Operation(operation["operationId"], path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    }
    return [found[name] for name in CHOSEN]


def _sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _address(one: Operation) -> str:
    path = one.path
    for name, value in one.examples("path").items():
        path = path.replace("{" + name + "}", quote(str(value)))
    query = urlencode(one.examples("query"))
    return f"{path}?{query}" if query else path


def _curl(address: str, media: str) -> str:
    return f'curl --fail --silent --location --header {shlex.quote(f"Accept: {media}")} "$LEERBRUG{address}"'


TYPESCRIPT = """import type {{ operations }} from "./api.ts";

type Query<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;
type Answer<Name extends keyof operations> = operations[Name] extends {{
  responses: {{ 200: {{ content: {{ "application/json": infer Body }} }} }};
}} ? Body : never;

/** The answer to one question; what went wrong is a problem document (RFC 9457). */
async function get<Name extends keyof operations>(path: string, query: Query<Name>): Promise<Answer<Name>> {{
  const address = new URL(path, process.env.LEERBRUG);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
  const answer = await fetch(address, {{ headers: {{ Accept: "application/json" }} }});
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer<Name>;
}}

/** Every item that a question finds, page after page. */
async function* kwalificaties(query: Query<"zoekKwalificaties">) {{
  for (let page = 1, more = true; more; page += 1) {{
    const found = await get<"zoekKwalificaties">("/v1/kwalificaties", {{ ...query, page }});
    yield* found.items;
    more = found.next !== undefined;
  }}
}}

{calls}

let aantal = 0;
for await (const {{ code }} of kwalificaties({{ release: 1, pageSize: 20 }})) aantal += code.length > 0 ? 1 : 0;
console.log(aantal);"""


def _typescript(chosen: list[Operation]) -> str:
    return TYPESCRIPT.format(calls="\n".join(map(_call, chosen)))


def _call(one: Operation) -> str:
    path = one.path
    for name, value in one.examples("path").items():
        path = path.replace("{" + name + "}", quote(str(value)))
    query = json.dumps(one.examples("query"), ensure_ascii=False)
    name = json.dumps(one.name)
    return f"console.log(JSON.stringify(await get<{name}>({json.dumps(path)}, {query})));"
