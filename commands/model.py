"""`leerbrug model`: what is made from the vocabulary: the picture of the model and the JSON-LD context."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from ..graph.context import written
from ..graph.picture import picture


def model(
    svg: Annotated[Path | None, typer.Option(help="Schrijf de tekening van het model in dit bestand.")] = None,
    context: Annotated[Path | None, typer.Option(help="Schrijf de JSON-LD-context in dit bestand.")] = None,
) -> None:
    """Teken het model en schrijf de JSON-LD-context, allebei uit de woordenschat."""
    if svg is None and context is None:
        raise InputError("Er is niets gevraagd.", remedy="Geef --svg BESTAND, --context BESTAND of allebei.")
    if svg is not None:
        svg.write_text(picture(), encoding="utf-8")
    if context is not None:
        context.write_bytes(written())
