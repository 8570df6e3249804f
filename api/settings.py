"""What a deployment may set; made by the caller, never read at import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("nl", "en", "fr")
"""The languages of the pages, the default first."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is the folder of releases; `refresh` the seconds after which a new release is looked for."""

    data: Path
    refresh: float = 1.0
