"""Why a question is not answered: a status, a name for it, and a sentence for a person."""

from __future__ import annotations

from http import HTTPStatus

SHOWN = 500
"""Characters of what a client or an engine said that are said again."""


def short(text: str) -> str:
    """The text, as far as a person reads it: a name of a graph may be as long as a question.

    >>> short("kort"), len(short("x" * 300_000))
    ('kort', 501)
    """
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of ours
    """A question that is not answered; `retry` are the seconds after which it may be asked again."""

    def __init__(self, status: HTTPStatus, detail: str, retry: int = 0) -> None:
        self.status, self.detail, self.retry = status, detail, retry
        super().__init__(detail)

    @classmethod
    def bad(cls, detail: str) -> Refusal:
        """What was asked is not right."""
        return cls(HTTPStatus.BAD_REQUEST, detail)

    @classmethod
    def too_much(cls, what: str) -> Refusal:
        """The answer is over a limit."""
        remedy = "Vraag minder, met LIMIT en OFFSET na een ORDER BY, of neem de download van de release."
        return cls(HTTPStatus.UNPROCESSABLE_ENTITY, f"Het antwoord heeft meer dan {what}. {remedy}")

    @classmethod
    def too_long(cls, seconds: float) -> Refusal:
        """The deadline has passed."""
        remedy = "Maak de vraag enger, of geef haar meer tijd met timeout=."
        return cls(HTTPStatus.GATEWAY_TIMEOUT, f"De vraag was na {seconds:g} seconden niet klaar. {remedy}")

    @classmethod
    def died(cls) -> Refusal:
        """The process that computed the answer ended: out of memory, or nested too deep for its stack."""
        detail = "De vraag vroeg meer geheugen dan één vraag mag gebruiken, of is te diep genest."
        return cls(HTTPStatus.INSUFFICIENT_STORAGE, detail)
