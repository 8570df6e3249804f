"""One name a thing in each language: where two sources name it, the one with more authority gives the name.

SKOS allows a thing one preferred label a language (integrity condition S14). Two sources may each be right and still
differ: a dossier quotes the title of a Competent profile, a later edition of ESCO renames a skill. The name of the
source with more authority stays the preferred one; the other wording becomes another name, in the graph of the source
that says it. A name that is only the code of the thing gives way to any other. Where one source gives two names, both
stay: that is its error, and the shapes tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import NamedNode

from .vocabulary import LEER, SKOS

_NAMED, _ALSO, _CODE = f" {SKOS.prefLabel} ", f" {SKOS.altLabel} ", f" {LEER.code} "


def _subject(line: str) -> str:
    return line.partition(" ")[0]


class Naming:
    r"""Which graph names a thing: the earlier of `graphs` has more authority; one that is not among them has the least.

    >>> competent, vks = NamedNode("urn:competent"), NamedNode("urn:vks")
    >>> name = f"<urn:p> {SKOS.prefLabel} "
    >>> lines = [f'{name}"Bakker"@nl <urn:vks> .\n', f'{name}"Brood- en banketbakker"@nl <urn:competent> .\n']
    >>> naming = Naming([competent, vks])
    >>> [line.split("#")[1] for line in naming.settled(lines)]
    ['altLabel> "Bakker"@nl <urn:vks> .\n', 'prefLabel> "Brood- en banketbakker"@nl <urn:competent> .\n']
    >>> naming.gave_way
    Counter({'<urn:vks>': 1})
    """

    def __init__(self, graphs: Sequence[NamedNode]) -> None:
        self._rank: Mapping[str, int] = {str(graph): rank for rank, graph in enumerate(graphs)}
        self.gave_way: Counter[str] = Counter()
        """How many names of each graph became another name, once all lines have passed."""

    def settled(self, lines: Iterable[str]) -> Iterator[str]:
        """Sorted lines of N-Quads, sorted, with one preferred name a language; only one thing is held at a time."""
        for subject, group in groupby(lines, _subject):
            said = list(group)
            names = [line for line in said if line.startswith(_NAMED, len(subject))]
            losing = self._losing(names, said, len(subject)) if len(names) > 1 else frozenset()
            if not losing:
                yield from said
                continue
            self.gave_way.update(_graph(line) for line in losing)
            yield from sorted({line.replace(_NAMED, _ALSO, 1) if line in losing else line for line in said})

    def _losing(self, names: Sequence[str], said: Sequence[str], start: int) -> frozenset[str]:
        """The lines that are no longer the preferred name of their language."""
        codes = {_text(line, _CODE)[0] for line in said if line.startswith(_CODE, start)}
        best: dict[str, tuple[bool, int]] = {}
        ranked = []
        for line in names:
            value, language = _text(line, _NAMED)
            rank = (value in codes, self._rank.get(_graph(line), len(self._rank)))
            best[language] = min(best.get(language, rank), rank)
            ranked.append((line, value, language, rank))
        kept = {(value, language) for _, value, language, rank in ranked if rank == best[language]}
        return frozenset(line for line, value, language, _ in ranked if (value, language) not in kept)


def _graph(line: str) -> str:
    return line[line.rindex(" <") + 1 :].removesuffix(" .\n")


def _text(line: str, predicate: str) -> tuple[str, str]:
    """The literal of a line in two parts: its quoted text, and its language or datatype."""
    literal = line.partition(predicate)[2].rpartition(" <")[0]
    quoted, _, kind = literal.rpartition('"')
    return f'{quoted}"', kind
