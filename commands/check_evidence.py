"""`leerbrug check-evidence`: whether a downloaded answer holds against a release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ..checks.evidence import check_answer, read_answer
from ..checks.evidence_answer import Decision
from ..checks.evidence_gap import check_gap
from ..checks.evidence_stones import check_stones
from ..checks.traject import check_leertrajecten
from ..errors import InputError
from ..graph.releases import default_folder
from .opened import decided, open_release

CHECKS = {"Kloof": check_gap, "Keten": check_stones}
"""How each kind of answer that is made of bridges is checked; every other one as a bridge."""


def check_evidence(
    file: Annotated[Path, typer.Argument(help="Het antwoord, als JSON-LD.")],
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Druk het oordeel af als JSON.")] = False,
) -> None:
    """Kijk een antwoord na in de graaf, zonder de code die het berekende. Uitgangscode 1: het klopt niet."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        remedy = "Geef een bestaand bestand dat u mag lezen."
        raise InputError("Dit bestand kan niet gelezen worden.", place=str(file), remedy=remedy) from error
    document = read_answer(raw)
    number = document.get("release")
    release = open_release(data, number if isinstance(number, int) and not isinstance(number, bool) else None)
    if document.get("type") == "Leertrajecten":
        faults = check_leertrajecten(document, release.graph(), release.number)
    else:
        entry, decisions = _decisions(data or default_folder(), release.manifest.base, document.get("grootboek"))
        check = CHECKS.get(str(document.get("type")), check_answer)
        faults = check(document, release.graph(), release.number, decisions, entry)
    _tell(list(faults), release.number, as_json)
    if faults:
        raise typer.Exit(1)


def _tell(faults: list[str], release: int, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"klopt": not faults, "release": release, "fouten": faults}, ensure_ascii=False))
        return
    for fault in faults:
        typer.echo(f"✗ {fault}")
    if not faults:
        typer.echo(f"✓ Het bewijs klopt met release {release}.")


def _decisions(folder: Path, base: str, said: object) -> tuple[tuple[int, str], list[Decision]]:
    """The decisions that an answer says that it counts, and the entry of the ledger up to which they go."""
    number = said.get("nummer") if isinstance(said, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return (0, ""), []
    stand = decided(folder, base, number)
    return stand[:2], [
        Decision(
            id=b.iri,
            van=b.van,
            predicaat=b.predicaat,
            naar=b.naar,
            auteur=b.auteur,
            datum=b.datum.isoformat() if b.datum else "",
            rechtvaardiging=b.rechtvaardiging,
            ontkend=b.ontkend,
        )
        for b in stand.besluiten
    ]
