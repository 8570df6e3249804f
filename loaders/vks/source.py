"""The facts about the VKS APIs, and how one of their answers is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...graph.names import Names
from ...graph.statements import Finding, Said, Severity
from ..source import Source
from . import answers, dossiers, programmas
from .doelen import zeg_doelengroep, zeg_onderwijsdoel
from .groepen import zeg_groep
from .kwalificaties import zeg_deelantwoord, zeg_dossier, zeg_lijstrij
from .onderdelen import zeg_onderdeel
from .reading import NIET_GELADEN, Overgeslagen, Record, kind, records
from .speaking import Speaker
from .trajecten import zeg_curriculumdossier, zeg_opleidingstraject

ONBEKEND = ("de naam zegt niet welk antwoord erin staat", "its name does not say which answer it holds")


def _skipped(file: Overgeslagen, speaker: Speaker) -> Iterator[Said]:
    nl, en = NIET_GELADEN.get(kind(file.naam) or "", ONBEKEND)
    message = {"nl": f"{file.naam} is niet geladen: {nl}.", "en": f"{file.naam} was not loaded: {en}."}
    yield Finding("loader/bestand-niet-gelezen", Severity.INFO, speaker.place, message, "", file.naam)


ZEGT: dict[type, Callable[[Any, Speaker], Iterator[Said]]] = {
    programmas.Groep: zeg_groep,
    programmas.Onderdeel: zeg_onderdeel,
    dossiers.Lijstrij: zeg_lijstrij,
    dossiers.Dossierantwoord: zeg_dossier,
    dossiers.Deelantwoord: zeg_deelantwoord,
    answers.OtVerwijzing: zeg_opleidingstraject,
    answers.Onderwijsdoel: zeg_onderwijsdoel,
    answers.Doelengroep: zeg_doelengroep,
    answers.Curriculumdossier: zeg_curriculumdossier,
    Overgeslagen: _skipped,
}
"""What says each kind of answer."""


def said(record: Record, names: Names) -> Iterator[Said]:
    """Everything that one answer says, and a finding for each field that the API shape does not have."""
    speaker = Speaker(names, record.place, record.titels)
    yield from ZEGT[type(record.antwoord)](record.antwoord, speaker)
    for pointer in record.onbekend:
        message = {
            "nl": f"Het veld {pointer} is onbekend en niet overgenomen (eerste keer hier gezien).",
            "en": f"The field {pointer} is unknown and not taken over (first seen here).",
        }
        yield Finding("loader/onbekend-veld", Severity.WARNING, record.place.at(pointer), message, "", pointer)


SOURCE = Source(
    key="vks",
    title="Vlaamse kwalificatiestructuur en structuuronderdelen",
    publisher="Vlaamse overheid, Departement Onderwijs en Vorming en AHOVOKS",
    licence=(
        "nog te bevestigen; naamsvermelding: Bron: Vlaamse overheid, Vlaamse kwalificatiestructuur (API "
        "Beroepskwalificaties). Bron: Vlaamse overheid, Departement Onderwijs en Vorming (API Structuuronderdelen)."
    ),
    address="https://onderwijs-api-portaal.vlaanderen.be/",
    records=records,
    said=said,
    expects={
        "Structuuronderdeelgroep": (545, 700),
        "Structuuronderdeel": (961, 1300),
        "Erkenning": (1156, 1800),
        "Beroepskwalificatie": (274, 700),
    },
    redistributable=False,
)
"""Expected counts: what the APIs held in October 2026 (domain.md §2.3), with room to grow; fewer is a warning."""
