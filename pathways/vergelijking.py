"""A catalogus made ready for comparing competences: normalised wordings, where each is found, what people decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

import msgspec

from ..graph.catalogus import Catalogus, Competentie, Kwalificatie, Mappingbesluit
from .bewoording import genormaliseerd
from .ketens import EIGEN, Ketens, kader_van_iri

_DOSSIERNUMMER = re.compile(r"^co\b")
_ACTIVITEIT = re.compile(r"^\d+-c$")


def is_vergelijkbaar(referentie: str) -> bool:
    """Whether a reference can match across dossiers; a number of the dossier side ("co 00548") cannot.

    >>> is_vergelijkbaar("SK-4116-c"), is_vergelijkbaar("co 00548")
    (True, False)
    """
    return not _DOSSIERNUMMER.match(referentie)


def is_activiteit(referentie: str) -> bool:
    """Whether a reference names a Competent activity, the only strong evidence (domain.md §6.4b).

    >>> is_activiteit("18111-c"), is_activiteit("SK-4116-c")
    (True, False)
    """
    return bool(_ACTIVITEIT.match(referentie))


def codenaam(competentie: Competentie) -> str:
    """The code of a competence; an item from elsewhere that has none goes by the end of its IRI."""
    return competentie.code or competentie.iri.rpartition("/")[2]


def oude_naam(certificaat: str) -> str:
    """A certificate of the former system is known by its name, with or without the word.

    >>> oude_naam("Certificaat Tegelzetter ")
    'tegelzetter'
    """
    return certificaat.casefold().strip().removeprefix("certificaat").strip()


class Strekking(StrEnum):
    """What a recorded decision on a pair (held, asked) means for the asked competence."""

    IMPLICEERT = "impliceert"
    DEEL = "deel"
    ONTKENT = "ontkent"


def strekking(besluit: Mappingbesluit, gehouden: str) -> Strekking | None:
    """What a decision says when `gehouden` is the competence held; None where it proves nothing.

    Only exactMatch is entailment; a narrower held competence is a part. skos:broader is not entailment, and closeMatch
    and relatedMatch say too little (algorithms.md §1.5).
    """
    if besluit.ontkend:
        return Strekking.ONTKENT
    if besluit.predicaat == "exactMatch":
        return Strekking.IMPLICEERT
    van_is_gehouden = besluit.van == gehouden
    smaller = "broadMatch" if van_is_gehouden else "narrowMatch"
    return Strekking.DEEL if besluit.predicaat == smaller else None


class Vergelijking:
    """The prepared view that every bridge, gap and suggestion of one release is computed on.

    Building it costs some milliseconds; it never changes. `met_besluiten` gives a new one with later decisions.
    """

    def __init__(self, catalogus: Catalogus) -> None:
        self.catalogus = catalogus
        self.competentie: dict[str, Competentie] = {}
        self.tekst: dict[str, str] = {}
        self.referenties: dict[str, frozenset[str]] = {}
        self.bij_code: dict[str, list[str]] = {}
        self.kwalificaties_met: dict[str, list[str]] = {}
        for kwalificatie in catalogus.kwalificaties.values():
            for competentie in kwalificatie.competenties:
                self._voeg_toe(competentie, kwalificatie)
        self.bij_tekst: dict[str, list[str]] = {}
        for iri, tekst in self.tekst.items():
            self.bij_tekst.setdefault(tekst, []).append(iri)
        self.besluiten = _staande_besluiten(catalogus.mappings)
        self.delen = _delen(catalogus.mappings)
        self.ketens = Ketens(self.besluiten, self._kaders)

    def _kaders(self, iri: str) -> tuple[str, ...]:
        """The frameworks in which an item has its code; a Flemish competence has it within its qualifications."""
        return tuple(sorted(self.kwalificaties_met.get(iri, ()))) if EIGEN in iri else (kader_van_iri(iri),)

    def anderen(self, gevraagd: str) -> list[str]:
        """The items that recorded decisions relate to the asked one, directly, as its parts, or by a chain."""
        tafels = (self.besluiten, self.delen)
        direct = [ander for tafel in tafels for ander in tafel.get(gevraagd, ())]
        return list(dict.fromkeys([*direct, *self.ketens.naar(gevraagd)]))

    def _voeg_toe(self, competentie: Competentie, kwalificatie: Kwalificatie) -> None:
        iri = competentie.iri
        if iri not in self.competentie:
            self.competentie[iri] = competentie
            self.tekst[iri] = genormaliseerd(competentie.tekst)
            self.referenties[iri] = frozenset(competentie.referenties)
            self.bij_code.setdefault(codenaam(competentie), []).append(iri)
        self.kwalificaties_met.setdefault(iri, []).append(kwalificatie.code)

    @cached_property
    def certificaten(self) -> frozenset[str]:
        """The certificates of the former system that open a flexible entry, as `oude_naam` has them."""
        instappen = (erkenning.instap for erkenning in self.catalogus.erkenningen.values() if erkenning.instap)
        return frozenset(oude_naam(naam) for instap in instappen for naam in instap.certificaten)

    @cached_property
    def erkenningen_met(self) -> Mapping[str, tuple[str, ...]]:
        """By qualification: the newest recognitions of programmes that contain it in full."""
        met: dict[str, list[str]] = {}
        for programma in self.catalogus.programmas.values():
            erkend = [self.catalogus.erkenningen[code] for code in programma.erkenningen]
            for erkenning in [erkenning for erkenning in erkend if erkenning.status == "ERKEND"][-1:]:
                for code in erkenning.volledig:
                    met.setdefault(code, []).append(erkenning.code)
        return {code: tuple(codes) for code, codes in met.items()}

    def met_besluiten(self, besluiten: Sequence[Mappingbesluit]) -> Vergelijking:
        """The same release with more decisions: they narrow the intervals at once."""
        if not besluiten:
            return self
        alle = sorted((*self.catalogus.mappings, *besluiten), key=lambda besluit: besluit.iri)
        return Vergelijking(msgspec.structs.replace(self.catalogus, mappings=tuple(alle)))


def _staande_besluiten(mappings: Iterable[Mappingbesluit]) -> Mapping[str, Mapping[str, Mappingbesluit]]:
    """By asked competence, by other competence: the newest decision on that pair, which is the one that stands."""
    staand: dict[str, dict[str, Mappingbesluit]] = {}
    for besluit in sorted(mappings, key=lambda besluit: (besluit.datum or date.min, besluit.iri)):
        if besluit.predicaat != "deelVan":
            staand.setdefault(besluit.naar, {})[besluit.van] = besluit
            staand.setdefault(besluit.van, {})[besluit.naar] = besluit
    return staand


def _delen(mappings: Iterable[Mappingbesluit]) -> Mapping[str, Mapping[str, Mappingbesluit]]:
    """By whole: the parts of an explicit part-of, each with the decision that says so."""
    delen: dict[str, dict[str, Mappingbesluit]] = {}
    for besluit in sorted(mappings, key=lambda besluit: (besluit.datum or date.min, besluit.iri)):
        if besluit.predicaat == "deelVan":
            deel = delen.setdefault(besluit.naar, {})
            if besluit.ontkend:
                deel.pop(besluit.van, None)
            else:
                deel[besluit.van] = besluit
    return delen
