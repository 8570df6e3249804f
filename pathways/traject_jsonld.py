"""Leertrajecten as JSON-LD: the same bytes for the same question, release and rules, and an IRI made of those."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from ..graph.catalogus import Catalogus, Erkenning
from ..graph.names import NAMESPACE, concept
from ..graph.vocabulary import LEER
from .leerling import Leerling, Wens
from .leertraject import DEEL_VAN_GEHEEL, Antwoord, Leertraject, Onhaalbaar, Stap

CONTEXT: dict[str, Any] = {
    "@vocab": NAMESPACE,
    "id": "@id",
    "type": "@type",
    "tekst": {"@id": "omschrijving", "@container": "@language"},
    "reden": {"@container": "@language"},
    "begin": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "einde": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "datum": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "subject": {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject", "@type": "@id"},
    "predicate": {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate", "@type": "@id"},
    "object": {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#object"},
    "leertrajecten": {"@container": "@list"},
    "stappen": {"@container": "@list"},
    "evidence": {"@container": "@set"},
}
"""Self-contained, so that a downloaded answer reads as linked data without us."""


def als_jsonld(antwoord: Antwoord, catalogus: Catalogus, leerling: Leerling, wens: Wens) -> dict[str, Any]:
    """The answer with its question and the triples that every step rests on.

    The IRI ends in a digest of the rest but its wording, so an answer can be cited, and a change to it shows.
    """
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "type": "Leertrajecten",
        "release": antwoord.release,
        "graaf": f"{catalogus.basis}/id/release/{antwoord.release}",
        "regelset": antwoord.regelset,
        "datum": antwoord.datum.isoformat(),
        "vraag": _vraag(leerling, wens),
        "al_bereikt": antwoord.al_bereikt,
        "volledig": antwoord.volledig,
        "beste_volledig": antwoord.beste_volledig,
        "doelfeiten": [list(keuze) for keuze in antwoord.doelfeiten],
        "aannames": msgspec.to_builtins(antwoord.aannames),
        "leertrajecten": [_leertraject(each, catalogus) for each in antwoord.leertrajecten],
    }
    if antwoord.zekerheid:
        document["zekerheid"] = msgspec.to_builtins(antwoord.zekerheid)
    if antwoord.onhaalbaar:
        document["onhaalbaar"] = _onhaalbaar(antwoord.onhaalbaar)
    if antwoord.onbeslist:
        document["onbeslist"] = msgspec.to_builtins(antwoord.onbeslist)
    tekst = json.dumps(_getekend(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(tekst.encode()).hexdigest()[:32]
    return {**document, "id": f"{catalogus.basis}/id/leertrajecten/{digest}"}


WOORDEN = ("@context", "tekst", "reden", "onzeker", "bron")
"""Words for people; the IRI does not stand for them, so that an answer in other words is the same answer."""


def _getekend(waarde: Any) -> Any:
    if isinstance(waarde, dict):
        return {sleutel: _getekend(each) for sleutel, each in waarde.items() if sleutel not in WOORDEN}
    return [_getekend(each) for each in waarde] if isinstance(waarde, list | tuple) else waarde


def _onhaalbaar(onhaalbaar: Onhaalbaar) -> dict[str, Any]:
    """Without the begin of a proposal: several ways can end first, and each begins when it likes.

    Whether all was tried is what the answer as a whole says by `volledig`.
    """
    zelf: dict[str, Any] = msgspec.to_builtins(onhaalbaar)
    del zelf["alles_geprobeerd"]
    for voorstel in zelf["voorstellen"]:
        del voorstel["begin"]
    return zelf


def _vraag(leerling: Leerling, wens: Wens) -> dict[str, Any]:
    return {"leerling": msgspec.to_builtins(leerling), "wens": msgspec.to_builtins(_gesorteerd(wens))}


def _gesorteerd(wens: Wens) -> Any:
    """A set has no order of its own; the bytes of an answer need one."""
    velden = {naam: getattr(wens, naam) for naam in wens.__struct_fields__}
    if wens.wegen is not None:
        velden["wegen"] = sorted(wens.wegen)
    return velden


def _leertraject(traject: Leertraject, catalogus: Catalogus) -> dict[str, Any]:
    return {
        "type": "Leertraject",
        **{naam: msgspec.to_builtins(getattr(traject, naam)) for naam in _GETALLEN},
        "aandeel_werkvloer": round(traject.aandeel_werkvloer, 4),
        "doorlooptijd_maanden": traject.doorlooptijd_maanden,
        "stappen": [_stap(stap, catalogus) for stap in traject.stappen],
    }


_GETALLEN = (
    "begin",
    "einde",
    "schooljaren",
    "contacturen",
    "buiten_werkvloer",
    "inschrijvingen",
    "gewicht",
    "pareto",
)


def _stap(stap: Stap, catalogus: Catalogus) -> dict[str, Any]:
    zelf = msgspec.to_builtins(stap)
    zelf["evidence"] = [
        dict(zip(("subject", "predicate", "object"), each, strict=True)) for each in _feiten(stap, catalogus)
    ]
    return {"type": "Stap", **zelf}


def _feiten(stap: Stap, catalogus: Catalogus) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The triples that the step rests on: what is recognised, from when until when, and what it awards."""
    begin, einde = catalogus.erkenningen.get(stap.erkenning), catalogus.erkenningen.get(stap.bekrachtigd_door)
    for erkenning in dict.fromkeys(each.code for each in (begin, einde) if each):
        yield from _erkend(catalogus, catalogus.erkenningen[erkenning])
    if (
        begin
        and begin.instap
        and any(each.feit.startswith(("reeks:", "dbk:", "certificaat:")) for each in stap.toelating)
    ):
        yield begin.iri, LEER.flexibeleInstap.value, {"id": begin.instap.iri}
    if any(each.code == DEEL_VAN_GEHEEL for each in stap.onzeker):
        yield from _delen(stap, catalogus)
    bekend = {bewijs.iri for bewijs in einde.studiebewijzen} if einde else set()
    for bewijs in stap.bewijzen:
        if einde:
            predicaat = LEER.verleent if bewijs.iri in bekend else LEER.bevatVolledig
            yield einde.iri, predicaat.value, {"id": bewijs.iri}


def _delen(stap: Stap, catalogus: Catalogus) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Of which BK the DBKs that admission asks are parts."""
    gevraagd = (catalogus.kwalificaties.get(each.feit.removeprefix("dbk:")) for each in stap.toelating)
    for deel in gevraagd:
        if deel and deel.deel_van in catalogus.kwalificaties:
            yield deel.iri, LEER.deelVan.value, {"id": catalogus.kwalificaties[deel.deel_van].iri}


def _erkend(catalogus: Catalogus, erkenning: Erkenning) -> Iterator[tuple[str, str, dict[str, str]]]:
    programma = catalogus.programmas[erkenning.programma]
    yield erkenning.iri, LEER.erkenningVan.value, {"id": programma.iri}
    yield erkenning.iri, LEER.status.value, {"id": concept("status", erkenning.status).value}
    for predicaat, dag in ((LEER.begindatum, erkenning.geldigheid.van), (LEER.einddatum, erkenning.geldigheid.tot)):
        if isinstance(dag, date):
            yield erkenning.iri, predicaat.value, {"@value": dag.isoformat()}
