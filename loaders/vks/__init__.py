"""VKS: the answers of the Flemish education APIs on programmes, qualifications, trajectories and goals."""

from __future__ import annotations

from .source import SOURCE

__all__ = ["SOURCE"]
