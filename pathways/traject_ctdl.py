"""A leertraject as a CTDL Pathway: courses and assessments that lead to credentials, with their conditions.

Every step is a component, every proof of a BK, DBK or OK a CredentialComponent, and a condition names what it needs.
The shapes are those of the JSON Schemas of the Credential Registry.
"""

from __future__ import annotations

import uuid
from typing import Any

from ..errors import InputError
from ..graph.catalogus import Catalogus
from .handelingen import Soort, Verdiend
from .leertraject import Antwoord, Leertraject, Stap

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
PATHWAY_CONTEXT = "http://credreg.net/ctdl/schema/context/json"
EIGENAAR = "https://onderwijs.vlaanderen.be"


def als_pathway(antwoord: Antwoord, catalogus: Catalogus, nummer: int = 0) -> dict[str, Any]:
    """One leertraject of an answer as a CTDL graph; raises InputError when the answer has no such leertraject."""
    if not 0 <= nummer < len(antwoord.leertrajecten):
        raise InputError(
            "Er is geen leertraject om uit te voeren.", remedy="Stel een vraag die wel een antwoord heeft."
        )
    return _Pathway(antwoord, antwoord.leertrajecten[nummer], catalogus.basis).graph()


class _Pathway:
    def __init__(self, antwoord: Antwoord, traject: Leertraject, basis: str) -> None:
        self.antwoord, self.traject = antwoord, traject
        self.zaad = uuid.uuid5(uuid.NAMESPACE_URL, f"{basis}/{antwoord.release}/{antwoord.datum}/{_sleutel(traject)}")
        self.iri = f"{basis}/id/leertraject/{self.zaad}"

    def graph(self) -> dict[str, Any]:
        """The pathway first, then its components in order."""
        delen = [deel for stap in self.traject.stappen for deel in self._stap(stap)]
        slot = self.traject.stappen[-1]
        pathway = {
            "@type": "ceterms:Pathway",
            "@id": self.iri,
            **self._eigen("pathway"),
            "ceterms:name": {"nl": f"Leertraject naar {self.antwoord.doelnaam or ', '.join(self.antwoord.doelen)}"},
            "ceterms:description": {"nl": self._omschrijving()},
            "ceterms:inLanguage": ["nl"],
            "ceterms:ownedBy": [EIGENAAR],
            "ceterms:subjectWebpage": self.iri,
            "ceterms:hasDestinationComponent": [self._van(slot)],
            "ceterms:hasPart": [deel["@id"] for deel in delen],
        }
        return {"@context": CONTEXT, "@graph": [pathway, *delen]}

    def _omschrijving(self) -> str:
        traject = self.traject
        return (
            f"Van {traject.begin.isoformat()} tot {traject.einde.isoformat()}: {traject.schooljaren} schooljaren, "
            f"{traject.inschrijvingen} inschrijvingen; release {self.antwoord.release}, {self.antwoord.regelset}."
        )

    def _van(self, stap: Stap) -> str:
        return f"{self.iri}/stap/{stap.nr}"

    def _eigen(self, naam: str) -> dict[str, str]:
        return {"ceterms:ctid": f"ce-{uuid.uuid5(self.zaad, naam)}"}

    def _stap(self, stap: Stap) -> list[dict[str, Any]]:
        soort = "ceterms:AssessmentComponent" if stap.soort == Soort.EVC else "ceterms:CourseComponent"
        bewijzen = [self._bewijs(stap, nr, bewijs) for nr, bewijs in enumerate(stap.kwalificatiebewijzen, 1)]
        zelf = {
            "@type": soort,
            "@id": self._van(stap),
            **self._eigen(f"stap {stap.nr}"),
            "ceterms:name": {"nl": stap.naam},
            "ceterms:description": {"nl": f"{stap.begin.isoformat()} tot {stap.einde.isoformat()}"},
            "ceterms:subjectWebpage": stap.erkenning_iri or stap.bron,
            "ceterms:isPartOf": [self.iri],
            "ceterms:precedes": [deel["@id"] for deel in bewijzen],
            "ceterms:hasCondition": [self._voorwaarde(stap)],
        }
        return [zelf, *bewijzen]

    def _bewijs(self, stap: Stap, nummer: int, bewijs: Verdiend) -> dict[str, Any]:
        return {
            "@type": "ceterms:CredentialComponent",
            "@id": f"{self._van(stap)}/bewijs/{nummer}",
            **self._eigen(f"stap {stap.nr} bewijs {nummer}"),
            "ceterms:name": {"nl": bewijs.naam},
            "ceterms:description": {"nl": bewijs.soort},
            "ceterms:subjectWebpage": bewijs.iri,
            "ceterms:proxyFor": bewijs.iri,
            "ceterms:isPartOf": [self.iri],
        }

    def _voorwaarde(self, stap: Stap) -> dict[str, Any]:
        """What admission rests on; earlier steps as target components."""
        nodig = {each.door.removeprefix("stap ") for each in stap.toelating if each.door.startswith("stap ")}
        return {
            "@type": "ceterms:ComponentCondition",
            "ceterms:name": {"nl": f"Toelating tot {stap.naam}"},
            "ceterms:description": {"nl": "; ".join(f"{each.naam} ({each.door})" for each in stap.toelating)},
            "ceterms:requiredNumber": len(nodig),
            "ceterms:targetComponent": [f"{self.iri}/stap/{nummer}" for nummer in sorted(nodig)],
        }


def _sleutel(traject: Leertraject) -> str:
    return " ".join(f"{stap.code}@{stap.begin.isoformat()}" for stap in traject.stappen)
