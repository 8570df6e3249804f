"""Text that a spreadsheet would take for a formula, made harmless in CSV and read back as it was.

In .xlsx and .ods a cell says that it is a text; CSV cannot, so a text that begins with =, +, -, @ or a tab gets an
apostrophe before it (OWASP, "CSV Injection"), and a text that already begins with such an apostrophe gets another.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def harmless(text: str) -> str:
    """The text as CSV may hold it.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("'s Morgens")
    ("'=1+1", "''=1+1", "'s Morgens")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def bare(text: str) -> str:
    """The text as it was before `harmless`.

    >>> bare("'=1+1"), bare("'s Morgens")
    ('=1+1', "'s Morgens")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
