"""Competences and the references that they carry."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from ...graph.catalogus import Competentie, Kwalificatie
from ..addresses import href_of
from ..documented import LIST, read
from ..documents import document
from ..items import Competentieitem, Referentieitem
from ..paging import Pages, collection
from ..reading import Read, Reading, ReadThing
from ..zoeken import searched

router = APIRouter(prefix="/v1", tags=["competenties"])

Owned = tuple[Kwalificatie, Competentie]


@router.get("/competenties", operation_id="zoekCompetenties", **read("VerzamelingCompetentieitem", LIST))
def competenties(
    reading: Read,
    asked: Pages,
    q: Annotated[str, Query(max_length=200, examples=["voedsel"], description="Woorden uit de competentie.")] = "",
    kwalificatie: Annotated[str, Query(max_length=80, description="Code van een versie of deelkwalificatie.")] = "",
    referentie: Annotated[str, Query(max_length=80, description="Een referentie, bv. 18111-c.")] = "",
) -> Response:
    """Competences by words, by qualification or by reference."""
    owned = _owned(reading, kwalificatie, referentie)
    found = searched(reading, owned, q, lambda one: one[1].iri, lambda one: one[1].code)
    return collection(reading, asked, found, lambda one: _item(reading, one), Competentieitem, "Competenties")


def _owned(reading: Reading, kwalificatie: str, referentie: str) -> list[Owned]:
    """Each competence once, with the first qualification that has it."""
    known: dict[str, Owned] = {}
    for owner in reading.served.catalogus.kwalificaties.values():
        if kwalificatie in ("", owner.code):
            for competentie in owner.competenties:
                if referentie in ("", *competentie.referenties):
                    known.setdefault(competentie.iri, (owner, competentie))
    return list(known.values())


def _item(reading: Reading, owned: Owned) -> Competentieitem:
    owner, competentie = owned
    return Competentieitem(
        href=reading.href(href_of(competentie.iri, reading.base)),
        id=competentie.iri,
        code=competentie.code,
        naam={"nl": competentie.tekst},
        kwalificatie=owner.code,
        nr=competentie.nr,
        referenties=competentie.referenties,
    )


@router.get("/competenties/{code}", operation_id="competentie", **read("Ding"))
def competentie(
    reading: ReadThing,
    code: Annotated[str, Path(max_length=80, pattern=r"^[^/]+$", examples=["bkc0044297"], description="De code.")],
) -> Response:
    """A competence with its knowledge, skills and references, and the versions that have it."""
    return document(reading, reading.served.names.iri("competentie", code).value)


@router.get("/referenties", operation_id="zoekReferenties", **read("VerzamelingReferentieitem", LIST))
def referenties(
    reading: Read,
    asked: Pages,
    q: Annotated[str, Query(max_length=80, examples=["SK-"], description="Begin van de referentie.")] = "",
) -> Response:
    """References and how many competences carry each."""
    every = (one for _, competentie in _owned(reading, "", "") for one in competentie.referenties)
    found = sorted((code, count) for code, count in Counter(every).items() if code.casefold().startswith(q.casefold()))
    return collection(reading, asked, found, lambda one: _referentie(reading, *one), Referentieitem, "Referenties")


def _referentie(reading: Reading, code: str, count: int) -> Referentieitem:
    iri = reading.served.names.iri("referentie", code.replace(" ", "-")).value
    begin = code[:2].casefold()
    soort = {"sk": "vaardigheid", "kn": "kennis", "co": "dossier"}.get(begin, "activiteit")
    return Referentieitem(
        href=reading.href(href_of(iri, reading.base)), id=iri, code=code, naam={"nl": code}, soort=soort, aantal=count
    )


@router.get("/referenties/{code}", operation_id="referentie", **read("Ding"))
def referentie(
    reading: ReadThing,
    code: Annotated[str, Path(max_length=80, pattern=r"^[^/]+$", examples=["18111-c"], description="De referentie.")],
) -> Response:
    """A reference with the competences that carry it."""
    return document(reading, reading.served.names.iri("referentie", code.replace(" ", "-")).value)
