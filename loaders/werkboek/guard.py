"""What is refused before a zipped workbook is opened: bombs, paths that leave it, a DTD, an encrypted or older file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from ...errors import SourceError
from ..files import zip_members

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""The first bytes of an .xls and of an .xlsx with a password."""

_DAMAGE = (
    InvalidFileException,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def refused(path: Path, message: str, remedy: str, spot: str = "") -> SourceError:
    """The error for a workbook as a whole."""
    return SourceError(message, place=f"{path.name}, {spot}" if spot else path.name, remedy=remedy)


def guard(path: Path) -> None:
    """Look at every member of the workbook before anything is unpacked in full.

    Raises SourceError where the file is missing, is no zip, unpacks out of proportion or carries a DTD.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise refused(
            path, f"Dit bestand kan niet geopend worden ({error.strerror}).", "Controleer het pad."
        ) from error
    if start == _OLE:
        remedy = "Verwijder het wachtwoord en bewaar het als Excel-werkmap (.xlsx)."
        raise refused(path, "Dit is een oud .xls-bestand of het heeft een wachtwoord.", remedy)
    with damaged(path), closing(zip_members(path)) as members:
        for name, member in members:
            if name.endswith((".xml", ".rels")):
                _without_dtd(path, name, member)


def _without_dtd(path: Path, name: str, stream: IO[bytes]) -> None:
    """Entities are refused before the root is read: no workbook has them, and every entity attack needs them."""
    _, root = next(iter(etree.iterparse(stream, events=("start",), resolve_entities=False, no_network=True)))
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(path, f"'{name}' in dit bestand bevat een DTD.", "Bewaar de werkmap opnieuw in een rekenblad.")


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """What the libraries raise on a file that is not what its name says becomes one clear error."""
    try:
        yield
    except _DAMAGE as error:
        raise refused(
            path, f"Dit bestand is beschadigd of is geen {path.suffix}-werkboek.", "Bewaar het opnieuw."
        ) from error
