"""Wording: when two texts count as the same, and which words differ when they do not."""

from __future__ import annotations

import difflib
import re
import unicodedata

import msgspec

_BLANKS = re.compile(r"\s+")


def genormaliseerd(tekst: str) -> str:
    """The form in which two wordings are compared (algorithms.md §2.9a): NFKC, case and blanks folded, no final stop.

    >>> genormaliseerd("Werkt  Hygiënisch en\\u00a0voedselveilig. ") == "werkt hygiënisch en voedselveilig"
    True
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", tekst).casefold()).strip().removesuffix(".").rstrip()


class Woordverschil(msgspec.Struct, frozen=True):
    """One stretch of words: held but not asked (`weg`), asked but not held (`bij`), or the same in both (`gelijk`)."""

    gelijk: str = ""
    weg: str = ""
    bij: str = ""


def woordverschil(gehouden: str, gevraagd: str) -> tuple[Woordverschil, ...]:
    """What differs, word by word, between the wording held and the wording asked; case and final stop do not count.

    >>> [(v.weg, v.bij) for v in woordverschil("Bereidt deeg voor", "Bereidt beslag voor.") if not v.gelijk]
    [('deeg', 'beslag')]
    """
    links, rechts = gehouden.split(), gevraagd.split()
    vergelijk = difflib.SequenceMatcher(
        None, [genormaliseerd(woord) for woord in links], [genormaliseerd(woord) for woord in rechts], autojunk=False
    )
    return tuple(
        Woordverschil(gelijk=" ".join(rechts[k:m]))
        if soort == "equal"
        else Woordverschil(weg=" ".join(links[i:j]), bij=" ".join(rechts[k:m]))
        for soort, i, j, k, m in vergelijk.get_opcodes()
    )
