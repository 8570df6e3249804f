"""Texts as they should be shown: the slips of the source taken out, each one told, its own wording kept beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

DOUBLED = re.compile(r"\b(\w{2,})(\s+\1)+\b", re.IGNORECASE)
"""A word that follows itself ("duaal duaal")."""

HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);")

_BLOCKS = frozenset("p div br li ul ol tr table h1 h2 h3 h4 h5 h6".split())


@lru_cache(maxsize=8192)
def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The label without slips, and the names of the slips: `randblanco`, `dubbele-blanco`, `dubbel-woord`.

    >>> clean("Kok duaal  duaal ")
    ('Kok duaal', ('randblanco', 'dubbele-blanco', 'dubbel-woord'))
    """
    slips = []
    if text != (text := text.strip()):
        slips.append("randblanco")
    if text != (text := re.sub(r"\s+", " ", text)):
        slips.append("dubbele-blanco")
    if text != (text := DOUBLED.sub(r"\1", text)):
        slips.append("dubbel-woord")
    return text, tuple(slips)


class _Plain(HTMLParser):
    """Collects the text of HTML; a block starts a line, an item a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the signature of the library
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """A running text without HTML, trailing blanks and doubled words, and the names of what was taken out.

    >>> plain("<p>Duaal&nbsp;leren<br>in een <b>bedrijf</b>.</p>")
    ('Duaal leren\\nin een bedrijf.', ('html',))
    """
    slips = []
    if HTML.search(text):
        parser = _Plain()
        parser.feed(text)
        parser.close()
        text, slips = "".join(parser.parts), ["html"]
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in re.sub(r"\r\n?", "\n", text).split("\n"))
    text = re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()
    if text != (text := DOUBLED.sub(r"\1", text)):
        slips.append("dubbel-woord")
    return text, tuple(slips)


def title_key(title: str) -> str:
    """What two titles must share to be the same title: letters without case, blanks folded.

    >>> title_key("Medewerker  Kapper ") == title_key("medewerker kapper")
    True
    """
    return " ".join(title.casefold().split())


def slug(*parts: str) -> tuple[str, ...]:
    """The parts as they stand in an IRI.

    >>> slug("Meubel, interieur en schrijnwerkerij")
    ('meubel-interieur-en-schrijnwerkerij',)
    """
    return tuple(re.sub(r"[^\w]+", "-", part.casefold()).strip("-") for part in parts)
