"""Studiebekrachtigingen: what a recognition awards, each as a studiebewijs of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.names import concept, digest
from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER, RDF
from .codes import BEWIJSKLASSEN, CATEGORIE
from .deelkwalificaties import zeg_deel
from .programmas import Detail, Studiebekrachtiging
from .speaking import Speaker, Veld, words

VELDEN: tuple[Veld, ...] = (
    ("naam", LEER.naam, words),
    ("led_bewijstype", LEER.bewijstype, Literal),
    ("categorie", LEER.categorie, CATEGORIE),
    ("onderwijskwalificatie", LEER.isOnderwijskwalificatie, Literal),
    ("maximale_studiebekrachtiging", LEER.maximaal, Literal),
)


def zeg_studiebewijs(
    erkenning: NamedNode, detail: Detail, bewijs: Studiebekrachtiging, speaker: Speaker, at: str
) -> Iterator[Said]:
    """Say one studiebekrachtiging (domain.md §2.6); an onderwijskwalificatie is one of these, with its own class."""
    code = f"{detail.structuuronderdeel_detail_nummer}-{digest(bewijs.uitgebreide_naam)}"
    node = speaker.names.iri("studiebewijs", code)
    yield Statement(erkenning, LEER.verleent, node, at)
    yield Statement(node, LEER.verleendDoor, erkenning, at)
    yield from speaker.thing(node, LEER.Studiebewijs, code, at)
    yield from _classes(node, bewijs, at)
    yield from speaker.title(node, bewijs.uitgebreide_naam, f"{at}/uitgebreide_naam")
    yield from speaker.fields(node, bewijs, VELDEN, at)
    yield from _level(node, bewijs.vks_niveau, speaker, f"{at}/vks_niveau")
    yield from _proven(node, bewijs, speaker, at)


def _classes(node: NamedNode, bewijs: Studiebekrachtiging, at: str) -> Iterator[Said]:
    soort = bewijs.led_bewijstype or bewijs.naam or ""
    for begins, kind in BEWIJSKLASSEN:
        if soort.startswith(begins):
            yield Statement(node, RDF.type, kind, f"{at}/led_bewijstype")
            break
    if bewijs.onderwijskwalificatie:
        yield Statement(node, RDF.type, LEER.Onderwijskwalificatie, f"{at}/onderwijskwalificatie")


def _level(node: NamedNode, niveau: str | None, speaker: Speaker, at: str) -> Iterator[Said]:
    """A level of an onderwijskwalificatie ("OK3") or of a beroepskwalificatie ("BK4"): two ladders, never one."""
    if niveau is None:
        return
    if niveau.startswith("OK") and niveau[2:].isdigit():
        yield Statement(node, LEER.okNiveau, concept("ok-niveau", niveau), at)
    elif niveau.startswith("BK") and niveau[2:].isdigit():
        yield Statement(node, LEER.vksNiveau, concept("vks-niveau", niveau[2:]), at)
    else:
        nl, en = f"Niveau {niveau!r} is niet te lezen.", f"Level {niveau!r} cannot be read."
        yield speaker.finding("onbekende-code", at, nl, en, node, niveau)


def _proven(node: NamedNode, bewijs: Studiebekrachtiging, speaker: Speaker, at: str) -> Iterator[Said]:
    if bewijs.beroepskwalificatie is not None:
        version = speaker.names.versie(bewijs.beroepskwalificatie.versie_nr_lang)
        yield Statement(node, LEER.bewijsVan, version, f"{at}/beroepskwalificatie")
    part = bewijs.deelkwalificatie
    if part is not None and part.deelkwalificatie_nr_lang:
        deel = speaker.names.iri("deelkwalificatie", part.deelkwalificatie_nr_lang)
        yield Statement(node, LEER.bewijsVan, deel, f"{at}/deelkwalificatie")
        yield from zeg_deel(deel, part.deelkwalificatie_nr_lang, part.titel, speaker, f"{at}/deelkwalificatie")
