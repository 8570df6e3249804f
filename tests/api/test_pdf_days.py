"""A PDF depends on its day and not on the moment of writing, so that its validator holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

import fpdf.output
import pytest
from leerbrug.api.pdf import Pdf


class EveryMoment(type):
    """So that a moment of the standard library is one of this clock too."""

    def __instancecheck__(cls, one: object) -> bool:
        return type(one) is datetime


class Later(datetime, metaclass=EveryMoment):
    """A clock that is a minute further each time that somebody looks."""

    looked = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        cls.looked += 1
        return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(minutes=cls.looked)


def test_the_same_content_on_the_same_day_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fpdf.output, "datetime", Later)
    first, again, other = (Pdf("Brug", "nl", date(2026, 9, day), "Leerbrug").bytes() for day in (1, 1, 2))
    assert Later.looked >= 2
    assert first == again
    assert first != other
    assert b"2030" not in first
