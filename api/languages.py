"""The language of a page: asked for, accepted by the browser, or Dutch."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel import negotiate_locale
from babel.messages.pofile import read_po
from fastapi import Request

from .settings import LANGUAGES

LOCALES = Path(__file__).parent / "locales"
"""One gettext catalogue a language, `{language}.po`; the keys are the Dutch sentences themselves."""


def language_of(request: Request) -> str:
    """`?lang=` first, then Accept-Language in its order of preference, then Dutch."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = sorted(_accepted(request.headers.get("accept-language", "")), key=lambda pair: -pair[1])
    preferred = [tag for tag, weight in accepted if weight > 0]
    return negotiate_locale(preferred, LANGUAGES, sep="-") or LANGUAGES[0]


def _accepted(header: str) -> list[tuple[str, float]]:
    pairs = []
    for part in header.split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            pairs.append((tag, float(quality or 1)))
        except ValueError:
            continue
    return pairs


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> dict[str, str]:
    """The translations of one language, Dutch sentence -> sentence; empty for Dutch."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id and message.string}


def translate(sentence: str, language: str, /, **values: object) -> str:
    """The sentence in that language, with the named values filled in.

    >>> translate("Release {nummer}", "nl", nummer=3)
    'Release 3'
    """
    return catalogue(language).get(sentence, sentence).format(**values)
