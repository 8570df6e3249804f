"""What a forger does with an answer: change a value anywhere in it, and give it the digest of its new content."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator, Set
from random import Random
from typing import Any

from leerbrug.graph.names import DEFAULT_BASE

Document = dict[str, Any]
Where = tuple[Any, ...]


class Answers(list[Document]):
    """Shown by their number: hypothesis writes out what it calls a test with."""

    def __repr__(self) -> str:
        return f"<{len(self)} antwoorden>"


def plain(document: Document) -> Document:
    """As it comes from a file."""
    read: Document = json.loads(json.dumps(document))
    return read


def digested(kind: str, content: Document) -> str:
    """The IRI of an answer of that kind with that content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{DEFAULT_BASE}/id/{kind}/{hashlib.sha256(text.encode()).hexdigest()[:32]}"


SEALED = re.compile(re.escape(DEFAULT_BASE) + "/id/(brug|kloof|keten)/")


def seal(part: Any) -> None:
    """Give every answer in a document the digest of its new content, the innermost first."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        seal(inner)
    if isinstance(part, dict) and (kind := SEALED.match(str(part.get("id")))):
        del part["id"]
        part["id"] = digested(kind[1], part)


def places(value: Any, path: Where = (), free: Set[str] = frozenset()) -> Iterator[Where]:
    """Every value that is not made of others, and every list that has something in it; nothing below a free key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in free:
                yield from places(inner, (*path, key), free)
        return
    if not isinstance(value, list) or value:
        yield path
    for number, inner in enumerate(value if isinstance(value, list) else ()):
        yield from places(inner, (*path, number), free)


def at(document: Any, path: Where) -> Any:
    """The value at a place."""
    for step in path:
        document = document[step]
    return document


def change(document: Document, path: Where, how: int) -> None:
    """Another value of the same kind at a place, or one less in a list."""
    target, old = at(document, path[:-1]), at(document, path)
    if isinstance(old, bool) or old is None:
        target[path[-1]] = not old
    elif isinstance(old, int):
        target[path[-1]] = old + (1 if how else -1)
    elif isinstance(old, str):
        target[path[-1]] = old + "x" if how else "y" + old
    else:
        del old[how % len(old)]


def checked_places(document: Document) -> list[Where]:
    """All but the IRIs that are sealed again, and what makes it another question with an answer that is as true."""
    sealed = [
        ("id",),
        ("brug", "id"),
        ("vertrek", "id"),
        ("stappen", "naar_steen", "id"),
        ("stappen", "naar_doel", "id"),
    ]
    # Who holds it by EVC holds the same; more ways than there are give the same ways.
    asked = [("brug", "van", "evc"), *([("manieren",)] if document.get("volledig") else [])]
    return [path for path in places(document) if tuple(s for s in path if isinstance(s, str)) not in (*sealed, *asked)]


def own(path: Where) -> bool:
    """Whether a place is of the answer itself and not of a bridge in it, which other tests change."""
    return not {"@context", "brug", "vertrek", "naar_steen", "naar_doel"} & set(path)


def mutated(answers: list[Document], seed: int) -> tuple[Document, Where]:
    """An answer with one change; half of them outside the bridges that it holds."""
    choice = Random(seed)
    document = copy.deepcopy(answers[choice.randrange(len(answers))])
    possible = checked_places(document)
    if choice.randrange(2):
        possible = list(filter(own, possible))
    path = possible[choice.randrange(len(possible))]
    change(document, path, choice.randrange(2))
    return document, path
