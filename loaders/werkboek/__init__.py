"""Het werkboek: kwalificaties, competenties and leerplannen that a designer keeps in a spreadsheet of their own."""

from __future__ import annotations

from ..source import Source
from .export import codes, export
from .plan import Actie, Plan, Planregel, plan
from .read import Opmerking, Rij, records
from .said import said
from .sheets import BLADEN
from .write import write

SOURCE = Source(
    key="werkboek",
    title="Eigen werkboek",
    publisher="wie het werkboek maakt",
    licence="zoals de maker ze geeft",
    address="",
    records=records,
    said=said,
)

__all__ = [
    "BLADEN",
    "SOURCE",
    "Actie",
    "Opmerking",
    "Plan",
    "Planregel",
    "Rij",
    "codes",
    "export",
    "plan",
    "records",
    "said",
    "write",
]
