"""Beroepskwalificaties: rows of the list and dossiers, in the project's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from ...graph.names import concept
from ...graph.statements import Said, Statement, text
from ...graph.vocabulary import LEER, SKOS, XSD
from .answers import Links
from .classificatie import zeg_domein, zeg_isced, zeg_led
from .codes import ATTESTSOORT, AUTONOMIESOORT, STATUS
from .competenties import zeg_competentie
from .deelkwalificaties import zeg_deel, zeg_reeks
from .dossiers import Attest, Autonomie, Beroepskwalificatie, Deelantwoord, Dossierantwoord, Lijstrij, Versie, Waarde
from .speaking import Speaker, Veld, day, words
from .titels import PROFIEL

ROME_RELEASE = "347"
"""The release of ROME on whose fiches the profiles of Competent build (domain.md §1.3)."""

VERSIE: tuple[Veld, ...] = (
    ("versie_nr_kort", LEER.versienummer, Literal),
    ("titel_toelichting", LEER.titelToelichting, words),
    ("statuscode", LEER.status, STATUS),
    ("vks_niveau", LEER.vksNiveau, lambda value: concept("vks-niveau", str(value))),
    ("nieuwste_versie", LEER.nieuwsteVersie, Literal),
    ("erkenningsdatum", LEER.erkenningsdatum, day),
    ("laatste_wijzigingsdatum", LEER.wijzigingsdatum, day),
    ("einddatum", LEER.einddatum, day),
)
DOSSIER: tuple[Veld, ...] = (
    ("erkenningsjaar", LEER.erkenningsjaar, lambda value: Literal(str(value), datatype=XSD.gYear)),
)
ATTEST: tuple[Veld, ...] = (("type", LEER.attestsoort, ATTESTSOORT), ("regelgeving", LEER.regelgeving, words))
AUTONOMIE: tuple[Veld, ...] = (("autonomie_type", LEER.autonomiesoort, AUTONOMIESOORT),)


def zeg_lijstrij(rij: Lijstrij, speaker: Speaker) -> Iterator[Said]:
    """Say a row of the list: the line of a beroepskwalificatie and its versions (domain.md §2.6, API 2)."""
    number = rij.beroepskwalificatie_nr
    node = speaker.names.iri("beroepskwalificatie", number)
    yield from speaker.thing(node, LEER.Beroepskwalificatie, number, "/beroepskwalificatie_nr")
    if newest := _newest(rij):
        yield from speaker.title(node, newest.titel, "/versies")
    yield from speaker.fields(node, rij, (("geschrapt", LEER.geschrapt, Literal),))
    yield from _synonyms(node, rij.synoniemen)
    for position, version in enumerate(rij.versies):
        yield from zeg_versie(version, speaker, f"/versies/{position}")
    if (latest := rij.laatst_erkende_versie) is not None:
        spot = "/laatst_erkende_versie/versie_nr_lang"
        yield Statement(node, LEER.laatsteVersie, speaker.names.versie(latest.versie_nr_lang), spot)


def _newest(rij: Lijstrij) -> Versie | None:
    """The version that gives the line its title: the latest recognised, else the highest."""
    latest = rij.laatst_erkende_versie
    found = next((v for v in rij.versies if latest and v.versie_nr_lang == latest.versie_nr_lang), None)
    return found or max(rij.versies, key=lambda version: version.versie_nr_kort or 0, default=latest)


def zeg_versie(version: Versie, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say what the list and the dossier both know of a version."""
    code = version.versie_nr_lang
    node, number = speaker.names.versie(code), code.rpartition("-")[0]
    yield from speaker.thing(node, LEER.Beroepskwalificatieversie, code, f"{at}/versie_nr_lang")
    yield Statement(node, LEER.versieVan, speaker.names.iri("beroepskwalificatie", number), f"{at}/versie_nr_lang")
    yield from speaker.title(node, version.titel, f"{at}/titel")
    yield from speaker.fields(node, version, VERSIE, at)
    yield from speaker.running(node, LEER.definitie, version.definitie, f"{at}/definitie")
    yield from _profiles(node, version, speaker, f"{at}/titel_toelichting")
    for position, domein in enumerate(version.domeinen):
        yield from zeg_domein(node, domein, speaker, f"{at}/domeinen/{position}")
    yield from zeg_links(node, version.links, speaker, at)


def zeg_links(node: NamedNode, links: Links | None, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say where on the web a qualification stands: in the API and on the website."""
    for name in ("self", "website"):
        link = getattr(links, name, None)
        yield from speaker.address(node, link and link.href, f"{at}/links/{name}/href")


def _profiles(node: NamedNode, version: Versie, speaker: Speaker, at: str) -> Iterator[Said]:
    """The Competent profiles that the free text names by code, each on the ROME fiche of its prefix (fact 8)."""
    for code, _ in PROFIEL.findall(version.titel_toelichting or ""):
        profile = speaker.names.iri("beroepscompetentieprofiel", code)
        yield Statement(node, LEER.competentprofiel, profile, at)
        yield from speaker.thing(profile, LEER.Beroepscompetentieprofiel, code, at)
        yield Statement(profile, LEER.romeFiche, speaker.names.iri("rome-beroep", code[:5], ROME_RELEASE), at)
        # One dossier says "Bakker" and the next "Brood- en banketbakkerij": one label, always the same, and the others.
        shown, *others = sorted(speaker.titels.profielen.get(code, ())) or [code]
        yield Statement(profile, SKOS.prefLabel, text(shown), at)
        for other in others:
            yield Statement(profile, SKOS.altLabel, text(other), at)


def zeg_dossier(antwoord: Dossierantwoord, speaker: Speaker) -> Iterator[Said]:
    """Say the dossier of a version (domain.md §2.4)."""
    dossier, at = antwoord.beroepskwalificatie, "/beroepskwalificatie"
    node = speaker.names.versie(dossier.versie_nr_lang)
    number = dossier.versie_nr_lang.rpartition("-")[0]
    yield from zeg_reeks(number, dossier.titel, speaker, at)
    yield from zeg_versie(dossier, speaker, at)
    yield from speaker.fields(node, dossier, DOSSIER, at)
    yield from speaker.running(node, LEER.omschrijvingKort, dossier.omschrijving_kort, f"{at}/omschrijving_kort")
    yield from speaker.running(node, SKOS.note, dossier.extra_info, f"{at}/extra_info")
    yield from zeg_led(node, dossier.led_onderwerp, speaker, f"{at}/led_onderwerp")
    yield from zeg_isced(node, dossier.isced, f"{at}/isced/studiegebieden")
    yield from _synonyms(node, dossier.synoniemen, at)
    for position, competentie in enumerate(dossier.competenties):
        yield from zeg_competentie(node, competentie, speaker, f"{at}/competenties/{position}")
    yield from _descriptors(node, dossier, speaker, at)
    for position, attest in enumerate(dossier.attesten):
        yield from _attest(node, dossier, attest, position, speaker, at)
    for position, deel in enumerate(dossier.deelkwalificaties):
        part, spot = speaker.names.iri("deelkwalificatie", deel.deelkwalificatie_nr_lang), f"{at}/deelkwalificaties"
        yield from zeg_deel(part, deel.deelkwalificatie_nr_lang, deel.titel, speaker, f"{spot}/{position}")
        yield from zeg_links(part, deel.links, speaker, f"{spot}/{position}")


def zeg_deelantwoord(antwoord: Deelantwoord, speaker: Speaker) -> Iterator[Said]:
    """Say the dossier of a deelkwalificatie: what of its version it takes."""
    dossier, at = antwoord.deelkwalificatie, "/deelkwalificatie"
    part = speaker.names.iri("deelkwalificatie", dossier.deelkwalificatie_nr_lang)
    yield from zeg_deel(part, dossier.deelkwalificatie_nr_lang, dossier.titel, speaker, at)
    yield from zeg_links(part, dossier.links, speaker, at)
    yield from speaker.running(part, LEER.definitie, dossier.definitie, f"{at}/definitie")
    yield from speaker.running(part, LEER.titelToelichting, dossier.titel_toelichting, f"{at}/titel_toelichting")
    for position, competentie in enumerate(dossier.competenties):
        yield from zeg_competentie(part, competentie, speaker, f"{at}/competenties/{position}")


def _synonyms(node: NamedNode, synoniemen: Sequence[Waarde], at: str = "") -> Iterator[Said]:
    for position, synoniem in enumerate(synoniemen):
        for predicate in (LEER.synoniem, SKOS.altLabel):
            yield Statement(node, predicate, words(synoniem.waarde), f"{at}/synoniemen/{position}")


DESCRIPTOREN = (
    ("omgevingscontext", LEER.heeftContext, LEER.Omgevingscontext),
    ("handelingscontext", LEER.heeftContext, LEER.Handelingscontext),
    ("autonomie", LEER.heeftAutonomie, LEER.Autonomie),
    ("verantwoordelijkheid", LEER.heeftVerantwoordelijkheid, LEER.Verantwoordelijkheid),
)
"""The descriptor elements that hang under the qualification as a whole (art. 6 of the decree of 30-04-2009)."""


def _descriptors(node: NamedNode, dossier: Beroepskwalificatie, speaker: Speaker, at: str) -> Iterator[Said]:
    for name, predicate, kind in DESCRIPTOREN:
        for position, waarde in enumerate(getattr(dossier, name)):
            spot = f"{at}/{name}/{position}"
            code = f"{dossier.versie_nr_lang}-{position + 1}"
            element = speaker.names.iri(name, code)
            yield Statement(node, predicate, element, spot)
            yield from speaker.thing(element, kind, code, spot)
            yield from speaker.label(element, waarde.waarde, f"{spot}/waarde")
            yield Statement(element, LEER.volgnummer, Literal(position + 1), spot)
            if isinstance(waarde, Autonomie):
                yield from speaker.fields(element, waarde, AUTONOMIE, spot)


def _attest(
    node: NamedNode, dossier: Beroepskwalificatie, attest: Attest, position: int, speaker: Speaker, at: str
) -> Iterator[Said]:
    code, spot = f"{dossier.versie_nr_lang}-{position + 1}", f"{at}/attesten/{position}"
    element = speaker.names.iri("attest", code)
    yield Statement(node, LEER.vereistAttest, element, spot)
    yield from speaker.thing(element, LEER.Attest, code, spot)
    yield from speaker.label(element, attest.omschrijving, f"{spot}/omschrijving")
    yield from speaker.fields(element, attest, ATTEST, spot)
