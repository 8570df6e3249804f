"""The language of a page: asked for, accepted by the browser, or Dutch."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import negotiate_locale
from babel.messages.pofile import read_po
from fastapi import Request

from .settings import LANGUAGES

LONGEST = 1_200
"""Characters of a sentence beyond which it is not recognised again: most of it is what somebody sent."""

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


def in_language(value: Any, language: str) -> Any:
    """The value with each text that it has in several languages in that one, else in Dutch; as it is without one.

    >>> in_language({"titel": {"nl": "Bakker", "en": "Baker"}, "rijen": [{"naam": {"nl": "Kok"}}]}, "en")
    {'titel': 'Baker', 'rijen': [{'naam': 'Kok'}]}
    """
    if not language:
        return value
    if isinstance(value, list | tuple):
        return [in_language(one, language) for one in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= set(LANGUAGES):
        return value.get(language) or value.get(LANGUAGES[0]) or next(iter(value.values()))
    return {key: in_language(one, language) for key, one in value.items()}


@lru_cache(maxsize=len(LANGUAGES))
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with values in them, as patterns that find those values again; the longest sentence first."""
    found = [(key, value) for key, value in catalogue(language).items() if "{" in key]
    return tuple((_pattern(key), value) for key, value in sorted(found, key=lambda pair: -len(pair[0])))


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence as a pattern; a value that it names twice must be twice the same.

    >>> _pattern("{van} of {van}").fullmatch("a of a")["van"]
    'a'
    """
    parts, seen, found = re.split(r"\{(\w+)\}", sentence), set[str](), ""
    for odd, part in enumerate(parts):
        if odd % 2:
            found += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
        else:
            found += re.escape(part)
    return re.compile(found, re.DOTALL)


def retell(sentence: str, language: str) -> str:
    """A Dutch sentence that was already filled in, in that language; as it is where the catalogue lacks it.

    Errors are told in Dutch where they are raised, by rooms that know no languages; here they are recognised again:
    as a whole, else sentence by sentence, each without the place or the rule that stands before it.

    >>> retell("Release 7 bestaat niet.", "en"), retell("a.zip: Dit bestand is geen zip. Haal het opnieuw op.", "en")
    ('Release 7 does not exist.', 'a.zip: This file is not a zip. Download it again.')
    """
    if not catalogue(language) or len(sentence) > LONGEST:
        return sentence
    found = _recognised(sentence, language)
    if found is not None:
        return found
    return " ".join(_placed(one, language) for one in re.split(r"(?<=[.?]) (?=[A-Z'])", sentence))


def _placed(sentence: str, language: str) -> str:
    place, colon, rest = sentence.partition(": ")
    for before, said in (("", sentence), (place + colon, rest)):
        found = _recognised(said, language)
        if found is not None:
            return before + found
    return sentence


def _recognised(sentence: str, language: str) -> str | None:
    known = catalogue(language)
    if sentence in known:
        return known[sentence]
    for pattern, translation in _patterns(language):
        match = pattern.fullmatch(sentence)
        if match:
            return translation.format(**match.groupdict())
    return None
