"""Which profile a request asks for, and what can be made of a thing in it."""

from __future__ import annotations

from ..forms import Form
from ..reading import Maker, Reading


def profile_makers(reading: Reading, iri: str) -> dict[Form, Maker] | None:
    """The forms of the thing in the profile that was asked for; None for our own words."""
    return None if reading.profile in ("", "intern") or not iri else None
