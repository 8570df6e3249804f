"""Dossiers of beroepskwalificaties as documents, old and new layout, Word and PDF: for versions that the API lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from ..errors import SourceError
from ..graph.names import Names
from ..graph.statements import Finding, Place, Said
from . import dossier_docx, dossier_pdf
from .dossier_reading import Reader
from .dossier_records import Dossierrecord, record
from .source import Source
from .vks.competenties import zeg_kennis, zeg_vaardigheid
from .vks.dossiers import Dossierantwoord
from .vks.kwalificaties import zeg_dossier
from .vks.speaking import Speaker
from .vks.titels import Titels

READERS = {".docx": dossier_docx.lines, ".pdf": dossier_pdf.lines}
"""What reads each kind of document."""


def records(path: Path) -> Iterator[Dossierrecord]:
    """The dossier in a document, or in each document of a folder.

    Raises SourceError where there is none, a document cannot be opened, or nothing says which version it is of.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [file for file in files if file.suffix.lower() in READERS and not file.name.startswith((".", "~$"))]
    if not found:
        remedy = "Bewaar de dossiers als .docx of .pdf."
        raise SourceError("Hier staat geen dossier.", place=str(path), remedy=remedy)
    for file in found:
        draft = Reader(file.name).read(READERS[file.suffix.lower()](file))
        yield record(Place(file.name), draft)


def said(record: Dossierrecord, names: Names) -> Iterator[Said]:
    """What a dossier says: the same as an API answer, and in the old layout skills and knowledge of the version."""
    yield from record.bevindingen
    speaker = Speaker(names, record.place, Titels())
    for each in zeg_dossier(Dossierantwoord(beroepskwalificatie=record.dossier), speaker):
        yield _placed(each, record)
    code = record.dossier.versie_nr_lang
    node = names.versie(code)
    for number, kennis in enumerate(record.dossier.kennis):
        for each in zeg_kennis(node, f"{code}-{number + 1}", kennis, number + 1, speaker, f"/kennis/{number}"):
            yield _placed(each, record)
    for number, skill in enumerate(record.dossier.vaardigheden):
        for each in zeg_vaardigheid(
            node, f"{code}-{number + 1}", skill, number + 1, speaker, f"/vaardigheden/{number}"
        ):
            yield _placed(each, record)


def _placed(each: Said, record: Dossierrecord) -> Said:
    """The same, with its page and heading for the pointer into an answer that no document has."""
    if isinstance(each, Finding):
        spot = _spot(each.place.spot, record)
        return dataclasses.replace(each, place=Place(record.place.file, spot))
    return each._replace(spot=_spot(each.spot, record))


def _spot(pointer: str, record: Dossierrecord) -> str:
    pointer = pointer.removeprefix("/beroepskwalificatie")
    while pointer:
        if pointer in record.spots:
            return record.spots[pointer]
        pointer = pointer.rpartition("/")[0]
    return ""


SOURCE = Source(
    key="dossier",
    title="Beroepskwalificatiedossiers als document",
    publisher="Vlaamse overheid, AHOVOKS",
    licence="nog te bevestigen; de besluiten in het Belgisch Staatsblad zijn vrij van auteursrecht (WER XI.172)",
    address="https://vlaamsekwalificatiestructuur.be",
    records=records,
    said=said,
)
