"""What is wrong with one value of a request, in the words of a person and not of the library that read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SAID: Mapping[str, str] = {
    "missing": "Deze waarde ontbreekt.",
    "greater_than_equal": "Geef minstens {ge}.",
    "less_than_equal": "Geef hoogstens {le}.",
    "int_parsing": "Dit is geen geheel getal.",
    "int_parsing_size": "Dit is geen geheel getal.",
    "int_from_float": "Dit is geen geheel getal.",
    "bool_parsing": "Schrijf true of false.",
    "literal_error": "Kies uit {expected}.",
    "enum": "Kies uit {expected}.",
    "string_too_short": "Geef minstens {min_length} tekens.",
    "string_too_long": "Geef hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "Dit heeft niet de vorm {pattern}.",
    "too_long": "Geef dit hoogstens {max_length} keer.",
    "date_from_datetime_parsing": "Schrijf een dag als 2026-09-01.",
    "date_parsing": "Schrijf een dag als 2026-09-01.",
    "datetime_parsing": "Schrijf een tijdstip als 2026-09-01T00:00:00Z.",
    "datetime_from_date_parsing": "Schrijf een tijdstip als 2026-09-01T00:00:00Z.",
}
"""The type of an error of pydantic -> our sentence, with what pydantic says of the bound."""


def misgevraagd(error: Mapping[str, Any]) -> str:
    """The sentence for one error of pydantic; its own message where we have none.

    >>> misgevraagd({"type": "literal_error", "ctx": {"expected": "'nl', 'en' or 'fr'"}, "msg": "Input should be…"})
    'Kies uit nl, en, fr.'
    """
    context = {name: str(value) for name, value in error.get("ctx", {}).items()}
    if "expected" in context:
        context["expected"] = context["expected"].replace(" or ", ", ").replace("'", "")
    sentence = SAID.get(str(error["type"]))
    return sentence.format(**context) if sentence else str(error["msg"]).removeprefix("Value error, ")
