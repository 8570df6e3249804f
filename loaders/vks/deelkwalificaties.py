"""Qualifications as other answers name them: the line of a version, and deelkwalificaties by code or by title only."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ...graph.statements import Said, Severity, Statement
from ...graph.vocabulary import LEER
from .codes import VOLLEDIGHEID
from .programmas import DbkVerwijzing, Detail
from .speaking import Speaker
from .wording import title_key


def zeg_reeks(number: str, titel: str | None, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the line of a version, with the title of that version where the list has no row for the line."""
    line = speaker.names.iri("beroepskwalificatie", number)
    yield from speaker.thing(line, LEER.Beroepskwalificatie, number, at)
    if number not in speaker.titels.rijen:
        # The slips of the title are told with the version that has it.
        yield from (said for said in speaker.title(line, titel, f"{at}/titel") if isinstance(said, Statement))


def zeg_deel(part: NamedNode, code: str, titel: str | None, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say a deelkwalificatie: its code, its title and the version whose number it carries."""
    number = code.partition("-DBK-")[0]
    version = speaker.names.versie(number)
    yield from speaker.thing(part, LEER.Deelkwalificatie, code, at)
    yield from speaker.title(part, titel, f"{at}/titel")
    yield Statement(part, LEER.deelVan, version, at)
    if number in speaker.titels.eigen:
        yield Statement(version, LEER.heeftDeelkwalificatie, part, at)


def zeg_deel_van_erkenning(
    node: NamedNode, dbk: DbkVerwijzing, detail: Detail, speaker: Speaker, at: str
) -> Iterator[Said]:
    """Say that a recognition contains a deelkwalificatie: by its code, else by its title where that means one."""
    awarded = _awarded(detail, dbk.titel or "")
    known = {dbk.deelkwalificatie_nr_lang} if dbk.deelkwalificatie_nr_lang else awarded
    codes = known or speaker.titels.delen.get(title_key(dbk.titel or ""), frozenset())
    if len(codes) != 1:
        nl = f"Deelkwalificatie {dbk.titel!r} is niet te vinden op titel ({len(codes)} codes): niet overgenomen."
        en = f"Partial qualification {dbk.titel!r} cannot be found by title ({len(codes)} codes): not taken over."
        yield speaker.finding("deelkwalificatie-onbekend", at, nl, en, node, dbk.titel or "")
        return
    (code,) = codes
    part = speaker.names.iri("deelkwalificatie", code)
    yield from zeg_deel(part, code, dbk.titel, speaker, at)
    yield from speaker.address(part, dbk.api_url, f"{at}/api_url")
    if not dbk.deelkwalificatie_nr_lang:
        nl, en = f"Enkel een titel: op titel gevonden als {code}.", f"A title only: found by title as {code}."
        yield speaker.finding("deelkwalificatie-op-titel", at, nl, en, part, dbk.titel or "", Severity.INFO)
    volledigheid = dbk.volledigheid
    if volledigheid is None and code in awarded:
        volledigheid = "Volledig"
        nl = f"Volledigheid ontbreekt; de erkenning verleent het bewijs van {code}, dus volledig."
        en = f"Completeness is missing; the recognition awards the certificate of {code}, hence in full."
        yield speaker.finding("volledigheid-afgeleid", at, nl, en, part, code, Severity.INFO)
    spot = f"{at}/volledigheid" if dbk.volledigheid is not None else at
    yield from zeg_inhoud(node, part, volledigheid, speaker, spot)


def _awarded(detail: Detail, titel: str) -> frozenset[str]:
    """The codes of the deelkwalificaties of that title whose certificate the recognition itself awards."""
    parts = [bewijs.deelkwalificatie for bewijs in detail.studiebekrachtigingen if bewijs.deelkwalificatie]
    return frozenset(
        part.deelkwalificatie_nr_lang
        for part in parts
        if part.deelkwalificatie_nr_lang and title_key(part.titel or "") == title_key(titel)
    )


def zeg_inhoud(
    node: NamedNode, kwalificatie: NamedNode, volledigheid: str | None, speaker: Speaker, spot: str
) -> Iterator[Said]:
    """Say that a recognition contains a qualification, in full or in part; just that where the answer says no more."""
    predicate = VOLLEDIGHEID.get(volledigheid or "")
    yield Statement(node, predicate or LEER.bevat, kwalificatie, spot)
    if predicate is None:
        nl = f"Volledigheid {volledigheid or 'ontbreekt'}: niet geweten of dit volledig is of enkel competenties."
        en = f"Completeness {volledigheid or 'missing'}: not known whether this is in full or competences only."
        yield speaker.finding("volledigheid-onbekend", spot, nl, en, node, volledigheid or "")
