"""A trajectory field by field (domain.md §3.3): what law and recognition say of it, gathered from the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from ..graph.catalogus import Catalogus, Contexten, Contract, Erkenning, Instap, Programma, Studiebewijs, Traject
from ..graph.fasen import fase_op

LEEFTIJD = {"van": 15, "tot": 25}
"""Dual in secondary education: past full-time compulsory schooling, until 25 (decreet 30-03-2018, Codex SO)."""

SECUNDAIR = frozenset({"1", "2", "3"})


class Inhoud(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A qualification in the programme, in full or only its competences; the level is that of the BK."""

    id: str
    code: str
    naam: dict[str, str]
    soort: str
    volledigheid: str
    vks_niveau: int | None
    competenties: int


class Bewijs(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A proof that is awarded; of an OK its level, of a proof of a BK the level of the BK."""

    id: str
    naam: str
    soort: str
    van: str = ""
    ok_niveau: int | None = None
    vks_niveau: int | None = None


class Velden(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The fields of a standaardtraject, opleidingsprofiel or curriculumdossier.

    `clusters` are the qualifications that bundle the competences; the document of the trajectory itself is not public.
    """

    code: str
    soort: str
    type: str
    erkenning: str
    status: str
    fase: str
    begindatum: date | None
    einddatum: date | None
    structuuronderdeel: str
    titel: str
    groep: str
    graad: str
    finaliteit: str
    onderwijsvorm: str
    studiedomein: str
    duaal: bool
    leerjaren: int
    onderwijsstelsels: tuple[str, ...]
    leeftijd: dict[str, int] | None
    toelatingsvoorwaarden: tuple[str, ...]
    flexibele_instap: Instap | None
    contract: Contract | None
    verplichte_contexten: Contexten | None
    clusters: tuple[Inhoud, ...]
    algemene_vorming: tuple[Bewijs, ...]
    bij_volledig_slagen: tuple[Bewijs, ...]
    bij_gedeeltelijk_slagen: tuple[Bewijs, ...]
    aanloopfasen: tuple[str, ...]


def velden(catalogus: Catalogus, traject: Traject, erkenning: Erkenning, op: date) -> Velden:
    """The fields of a trajectory of a recognition, its phase on a day."""
    programma = catalogus.programmas[erkenning.programma]
    bewijzen = [(_bewijs(one), one) for one in erkenning.studiebewijzen]
    algemeen = tuple(shown for shown, one in bewijzen if one.soort == "BewijsBasisvorming")
    return Velden(
        code=traject.code,
        soort=traject.soort,
        type=traject.type,
        erkenning=erkenning.code,
        status=erkenning.status,
        fase=fase_op(erkenning.geldigheid, op).value,
        begindatum=erkenning.geldigheid.van,
        einddatum=erkenning.geldigheid.tot,
        structuuronderdeel=programma.code,
        titel=programma.titel,
        groep=programma.groep,
        graad=programma.graad,
        finaliteit=programma.finaliteit,
        onderwijsvorm=programma.onderwijsvorm,
        studiedomein=programma.studiedomein,
        duaal=programma.duaal,
        leerjaren=programma.leerjaren,
        onderwijsstelsels=programma.stelsels,
        leeftijd=LEEFTIJD if programma.duaal and programma.graad in SECUNDAIR else None,
        toelatingsvoorwaarden=erkenning.toelatingsvoorwaarden,
        flexibele_instap=erkenning.instap,
        contract=erkenning.contract,
        verplichte_contexten=erkenning.contexten,
        clusters=_clusters(catalogus, erkenning),
        algemene_vorming=algemeen,
        bij_volledig_slagen=tuple(shown for shown, one in bewijzen if one.maximaal),
        bij_gedeeltelijk_slagen=tuple(shown for shown, one in bewijzen if not one.maximaal and shown not in algemeen),
        aanloopfasen=_aanloop(catalogus, programma),
    )


def as_json(found: Velden) -> dict[str, Any]:
    """The fields as JSON."""
    fields: dict[str, Any] = msgspec.to_builtins(found)
    return fields


def _clusters(catalogus: Catalogus, erkenning: Erkenning) -> tuple[Inhoud, ...]:
    contains = ((erkenning.volledig, "volledig"), (erkenning.gedeeltelijk, "gedeeltelijk"))
    known = catalogus.kwalificaties
    return tuple(
        Inhoud(
            id=known[code].iri,
            code=code,
            naam=known[code].naam,
            soort=known[code].soort.value,
            volledigheid=how,
            vks_niveau=known[code].niveau,
            competenties=len(known[code].competenties),
        )
        for codes, how in contains
        for code in codes
        if code in known
    )


def _bewijs(one: Studiebewijs) -> Bewijs:
    return Bewijs(
        id=one.iri, naam=one.naam, soort=one.soort, van=one.van, ok_niveau=one.ok_niveau, vks_niveau=one.bk_niveau
    )


def _aanloop(catalogus: Catalogus, programma: Programma) -> tuple[str, ...]:
    """The aanloopfasen that prepare for the programme: structuuronderdelen of their own."""
    before = (catalogus.programmas.get(code) for code in programma.voorbereidend)
    return tuple(one.code for one in before if one and one.aanloop)
