"""What is wrong with the words of a command, said in Dutch as all that our commands say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from typer.exceptions import TyperException

from ..errors import InputError

SAID: Mapping[str, str] = {
    r"No such command '(.+?)'\.": "Het commando {0} bestaat niet.",
    r"No such command '(.+?)'\. Did you mean (?:one of: )?(.+)\?": "Het commando {0} bestaat niet. Bedoelde je {1}?",
    r"Missing command\.": "Er is geen commando genoemd.",
    r"No such option: (.+)": "De optie {0} bestaat niet.",
    r"Option '(.+)' requires an argument\.": "Achter {0} ontbreekt een waarde.",
    r"Option '(.+)' does not take a value\.": "Achter {0} hoort geen waarde.",
    r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)": "Dit is te veel: {0}.",
    r"(?:Value error, )?'(.*)' does not match the formats .+": "{0} is geen dag; schrijf er een als 2026-09-01.",
    r"(?:Value error, )?'(.*)' is not one of (.+)\.": "{0} is geen keuze; kies uit {1}.",
}
"""A sentence of typer -> ours, with what it names."""


def misused(error: TyperException) -> InputError:
    """The error for words that no command reads: what is wrong, and where it says how the command is used.

    >>> from typer import BadParameter
    >>> str(misused(BadParameter("'x' is not one of 'aantal', 'uren'.")))
    'x is geen keuze; kies uit aantal, uren. Zie --help.'
    """
    ctx, param = getattr(error, "ctx", None), getattr(error, "param", None)
    name = "" if param is None else next((each for each in param.opts if each.startswith("--")), param.name)
    said = _missing(name) if param is not None and not error.message else _sentence(error)
    meant = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
    help_ = f"`{ctx.command_path} --help`" if ctx else "--help"
    return InputError(said, place=name, remedy=f"Bedoelde je {meant}? Zie {help_}." if meant else f"Zie {help_}.")


def _missing(name: str) -> str:
    return "Deze optie ontbreekt." if name.startswith("--") else "Dit argument ontbreekt."


def _sentence(error: TyperException) -> str:
    for pattern, ours in SAID.items():
        if found := re.fullmatch(pattern, error.message, re.DOTALL):
            return ours.format(*(each.replace("'", "") for each in found.groups()))
    return _of_value(error.__cause__, error.message)


def _of_value(cause: Any, message: str) -> str:
    """The sentence for a value of the wrong kind: pydantic reads the values of typer as it does those of the API."""
    from ..api.misgevraagd import misgevraagd

    wrong = cause.errors() if hasattr(cause, "errors") else []
    return misgevraagd(wrong[0]) if wrong else message
