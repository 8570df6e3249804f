"""Recognitions (structuuronderdeel_details): what legally holds for a programme between two dates."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER, XSD
from .bewijzen import zeg_studiebewijs
from .classificatie import zeg_isced, zeg_led
from .codes import STATUS
from .deelkwalificaties import zeg_deel_van_erkenning, zeg_inhoud, zeg_reeks
from .programmas import BkVerwijzing, Detail, Onderdeel
from .speaking import Speaker, Veld, day
from .trajecten import zeg_traject
from .voorwaarden import zeg_contexten, zeg_contract, zeg_instap, zeg_toelating

VELDEN: tuple[Veld, ...] = (
    ("structuuronderdeel_detail_versie", LEER.versiecode, Literal),
    ("status", LEER.status, STATUS),
    ("begindatum", LEER.begindatum, day),
    ("einddatum", LEER.einddatum, day),
    ("annuleerdatum", LEER.annuleerdatum, day),
    ("geannuleerd", LEER.geannuleerd, Literal),
)


def zeg_erkenning(
    detail: Detail, onderdeel: Onderdeel, programma: NamedNode, speaker: Speaker, at: str
) -> Iterator[Said]:
    """Say a recognition with what it contains, awards and asks (domain.md §2.6, structuuronderdeel_details)."""
    code = detail.structuuronderdeel_detail_nummer
    node = speaker.names.iri("erkenning", code)
    titel = f"{onderdeel.titel or onderdeel.structuuronderdeel_nummer} ({detail.structuuronderdeel_detail_versie})"
    yield from speaker.thing(node, LEER.Erkenning, code, at)
    yield from speaker.derived(node, titel, at)
    yield Statement(programma, LEER.heeftErkenning, node, at)
    yield Statement(node, LEER.erkenningVan, programma, at)
    yield from speaker.fields(node, detail, VELDEN, at)
    yield from _version(node, detail, at)
    yield from speaker.running(node, LEER.omschrijving, detail.omschrijving, f"{at}/omschrijving")
    yield from speaker.running(node, LEER.doorstroomprofiel, detail.doorstroomprofiel, f"{at}/doorstroomprofiel")
    yield from zeg_led(node, detail.led_onderwerp, speaker, f"{at}/led_onderwerp")
    yield from zeg_isced(node, detail.isced, f"{at}/isced/studiegebieden")
    yield from _contents(node, detail, speaker, at)
    yield from _diplomas(node, detail, speaker, f"{at}/studiebekrachtigingen")
    yield from zeg_contract(node, detail, speaker, at)
    yield from zeg_instap(node, detail, titel, speaker, at)
    yield from zeg_contexten(node, detail, titel, speaker, at)
    yield from zeg_toelating(node, detail, speaker, at)
    yield from _trajecten(node, detail, titel, speaker, at)


def _version(node: NamedNode, detail: Detail, at: str) -> Iterator[Said]:
    number = (detail.structuuronderdeel_detail_versie or "").rpartition("-V")[2]
    if number.isdigit():
        spot = f"{at}/structuuronderdeel_detail_versie"
        yield Statement(node, LEER.versienummer, Literal(int(number)), spot)


def _contents(node: NamedNode, detail: Detail, speaker: Speaker, at: str) -> Iterator[Said]:
    for number, bk in enumerate(detail.beroepskwalificaties):
        yield from _bk(node, bk, speaker, f"{at}/beroepskwalificaties/{number}")
    for number, dbk in enumerate(detail.deelkwalificaties):
        yield from zeg_deel_van_erkenning(node, dbk, detail, speaker, f"{at}/deelkwalificaties/{number}")
    for number, bewijs in enumerate(detail.studiebekrachtigingen):
        yield from zeg_studiebewijs(node, detail, bewijs, speaker, f"{at}/studiebekrachtigingen/{number}")


def _diplomas(node: NamedNode, detail: Detail, speaker: Speaker, at: str) -> Iterator[Said]:
    """A second diploma, as of OK 4 in a programme of OK 5, is taken as it stands, and told."""
    niveaus = {each.vks_niveau for each in detail.studiebekrachtigingen if each.categorie == "Diploma"}
    genoemd = ", ".join(sorted(niveau for niveau in niveaus if niveau))
    if len(niveaus) > 1:
        code = detail.structuuronderdeel_detail_nummer
        nl = f"{code} verleent diploma's van meer dan een niveau ({genoemd}); na welk deel, zegt de bron niet."
        en = f"{code} awards diplomas of more than one level ({genoemd}); after which part, the source does not say."
        yield speaker.finding("diplomas-van-twee-niveaus", at, nl, en, node, genoemd)


def _bk(node: NamedNode, bk: BkVerwijzing, speaker: Speaker, at: str) -> Iterator[Said]:
    version = speaker.names.versie(bk.versie_nr_lang)
    spot = f"{at}/volledigheid" if bk.volledigheid is not None else at
    yield from zeg_inhoud(node, version, bk.volledigheid, speaker, spot)
    yield from speaker.address(version, bk.api_url, f"{at}/api_url")
    if bk.versie_nr_lang not in speaker.titels.eigen:
        yield from speaker.thing(version, LEER.Beroepskwalificatieversie, bk.versie_nr_lang, at)
        yield from speaker.title(version, bk.titel, f"{at}/titel")
        number, _, short = bk.versie_nr_lang.rpartition("-")
        line = speaker.names.iri("beroepskwalificatie", number)
        yield Statement(version, LEER.versieVan, line, at)
        yield Statement(version, LEER.versienummer, Literal(int(bk.versie_nr_kort or short)), at)
        yield from zeg_reeks(number, bk.titel, speaker, at)


def _trajecten(node: NamedNode, detail: Detail, titel: str, speaker: Speaker, at: str) -> Iterator[Said]:
    for number, traject in enumerate(detail.trajecten):
        yield from zeg_traject(traject, speaker, f"{at}/trajecten/{number}", node)
    if detail.curriculumdossier:
        spot = f"{at}/curriculumdossier"
        dossier = speaker.names.iri("curriculumdossier", detail.structuuronderdeel_detail_nummer)
        yield Statement(node, LEER.heeftTraject, dossier, spot)
        yield from speaker.thing(dossier, LEER.Curriculumdossier, detail.structuuronderdeel_detail_nummer, spot)
        yield Statement(dossier, LEER.document, Literal(detail.curriculumdossier, datatype=XSD.anyURI), spot)
        yield from speaker.derived(dossier, f"Curriculumdossier {titel}", spot)
