"""Triples as JSON by the published context: what points to a part holds that part, what is said twice is a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..graph.context import CONTEXT
from ..graph.vocabulary import RDF

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT_PATH = "/context/v1.jsonld"

Node = dict[str, Any]


class Term(NamedTuple):
    """How the context writes one property."""

    key: str
    languages: bool
    many: bool
    datatype: str


class Words:
    """The context, read the other way: from an IRI to its key."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._prefixes = {
            key: value for key, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))
        }
        self.properties: dict[str, Term] = {}
        self.names: dict[str, str] = {}
        for key, how in context.items():
            if isinstance(how, dict):
                self.properties[self._full(how["@id"])] = self._term(key, how)
            elif isinstance(how, str) and ":" in how and key not in self._prefixes:
                self.names[self._full(how)] = key
        self.names |= {iri: term.key for iri, term in self.properties.items()}

    def _full(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name

    def _term(self, key: str, how: Mapping[str, Any]) -> Term:
        container = how.get("@container", ())
        containers = {container} if isinstance(container, str) else set(container)
        return Term(key, "@language" in containers, "@set" in containers, self._full(how.get("@type", "")))

    def name(self, iri: str) -> str:
        """The key of a class or property, else a compact IRI, else the IRI."""
        return self.names.get(iri) or self.compact(iri)

    def compact(self, iri: str) -> str:
        """The IRI with the longest prefix that fits; as it is where none does."""
        for prefix, start in sorted(self._prefixes.items(), key=lambda pair: -len(pair[1])):
            if iri.startswith(start) and not iri[len(start) :].startswith("//"):
                return f"{prefix}:{iri[len(start) :]}"
        return iri


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of the context that is served."""
    return Words(orjson.loads(CONTEXT.read_bytes())["@context"])


def as_jsonld(triples: Iterable[Triple], thing: NamedNode, basis: str, language: str = "") -> Node:
    """The description of a thing as JSON-LD; with a language, texts are in that one, or else in Dutch.

    A reduced text has no language any more, so the context says so beside the published one.
    """
    tree = _Tree(triples, language)
    node = tree.node(thing.value)
    pointing = tree.pointing(thing.value)
    published = basis + CONTEXT_PATH
    context: Any = [published, tree.reduced()] if language else published
    return {"@context": context, **node, **({"@reverse": pointing} if pointing else {})}


class _Tree:
    """The triples by subject, and which subjects were written already: each stands once in full."""

    def __init__(self, triples: Iterable[Triple], language: str) -> None:
        self._said: defaultdict[str, defaultdict[str, list[NamedNode | Literal | BlankNode]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._to: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._written: set[str] = set()
        self._language, self._words = language, words()
        self._texts: dict[str, Term] = {}
        for triple in triples:
            subject, value = str(triple.subject.value), triple.object  # type: ignore[union-attr]
            self._said[subject][triple.predicate.value].append(value)  # type: ignore[arg-type]
            if isinstance(value, NamedNode) and triple.predicate != RDF.type:
                self._to[value.value].append((triple.predicate.value, subject))

    def node(self, iri: str) -> Node:
        self._written.add(iri)
        node: Node = {"id": iri}
        for predicate, values in self._said[iri].items():
            if predicate == RDF.type.value:
                node["type"] = sorted(self._words.name(value.value) for value in values)
            else:
                self._property(node, predicate, values)
        return node

    def pointing(self, iri: str) -> dict[str, list[Node | str]]:
        """What points at the thing and was not written inside it."""
        found: defaultdict[str, list[Node | str]] = defaultdict(list)
        for predicate, subject in self._to[iri]:
            if subject not in self._written:
                found[self._words.name(predicate)].append(self.node(subject))
        return dict(found)

    def reduced(self) -> dict[str, Any]:
        """The terms whose texts lost their language."""
        return {
            term.key: {"@id": self._words.compact(iri), **({"@container": "@set"} if term.many else {})}
            for iri, term in sorted(self._texts.items())
        }

    def _property(self, node: Node, predicate: str, values: list[NamedNode | Literal | BlankNode]) -> None:
        term = self._words.properties.get(predicate)
        fitting = [value for value in values if term and _fits(value, term)]
        if term and term.languages and fitting:
            node[term.key] = self._text(predicate, term, [v for v in fitting if isinstance(v, Literal)])
        elif term and fitting:
            written = [self._value(value, term) for value in fitting]
            node[term.key] = written if term.many or len(written) > 1 else written[0]
        other = [value for value in values if value not in fitting]
        if other:
            node[self._words.compact(predicate)] = [self._full_value(value) for value in other]

    def _text(self, predicate: str, term: Term, values: list[Literal]) -> Any:
        by_language: defaultdict[str, list[str]] = defaultdict(list)
        for value in values:
            by_language[value.language or "@none"].append(value.value)
        if self._language:
            self._texts[predicate] = term
            order = (self._language, "nl", "@none", "en", "fr", *by_language)
            texts = next(by_language[language] for language in order if language in by_language)
            return texts if term.many else texts[0]
        return {key: texts if term.many or len(texts) > 1 else texts[0] for key, texts in by_language.items()}

    def _value(self, value: NamedNode | Literal | BlankNode, term: Term) -> Any:
        if isinstance(value, Literal):
            if term.datatype:
                return value.value
            return _native(value) if value.language is None else {"@value": value.value, "@language": value.language}
        return self._link(value.value)

    def _link(self, iri: str) -> Node | str:
        return self.node(iri) if iri in self._said and iri not in self._written else iri

    def _full_value(self, value: NamedNode | Literal | BlankNode) -> Any:
        if not isinstance(value, Literal):
            link = self._link(value.value)
            return {"id": link} if isinstance(link, str) else link
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return _native(value)


def _fits(value: NamedNode | Literal | BlankNode, term: Term) -> bool:
    """Whether the value may stand under the key as the context types it."""
    if not isinstance(value, Literal):
        return term.datatype == "@id"
    if term.datatype:
        return value.datatype.value == term.datatype
    return not term.languages or value.language is not None or value.datatype.value == f"{XSD}string"


def _native(value: Literal) -> Any:
    """A literal as JSON that reads back as the same literal."""
    datatype, text = value.datatype.value, value.value
    if datatype == f"{XSD}string":
        return text
    if datatype == f"{XSD}boolean" and text in ("true", "false"):
        return text == "true"
    if datatype == f"{XSD}integer" and text.lstrip("-").isdecimal() and str(int(text)) == text:
        return int(text)
    return {"@value": text, "@type": words().compact(datatype)}
