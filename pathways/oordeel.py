"""The verdict on one asked competence against what is held: the rules of algorithms.md §2.9a, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from rapidfuzz.distance import Indel

from ..graph.catalogus import Competentie, Kennisitem, Mappingbesluit
from .bewoording import Woordverschil, genormaliseerd, woordverschil
from .vergelijking import Strekking, Vergelijking, codenaam, is_activiteit, is_vergelijkbaar, strekking

REGELSET = "brug-1"
"""The name of these rules; it changes when a rule changes."""


class Verdict(StrEnum):
    """What the held set brings for one asked competence."""

    GEDEKT = "gedekt"
    TE_BEVESTIGEN = "te_bevestigen"
    DEELS = "deels"
    ONTBREEKT = "ontbreekt"
    ONVERGELIJKBAAR = "onvergelijkbaar"


class Regel(StrEnum):
    """Which rule gave the verdict; the number is that of §2.9a, rule 0 and 8 are ours and say why below."""

    ZELFDE = "0-zelfde-competentie"
    BESLUIT = "1-besluit"
    KETEN = "1-keten-van-besluiten"
    DEEL_VOLGENS_BESLUIT = "1-deel-volgens-besluit"
    ZONDER_REFERENTIE = "2-zonder-referentie"
    ZELFDE_TEKST_ZONDER_REFERENTIE = "2-zelfde-tekst-zonder-referentie"
    ZELFDE_REFERENTIES_EN_TEKST = "3-zelfde-referenties-en-tekst"
    ANDERE_TEKST = "3-andere-tekst"
    MEERDERE_SAMEN = "4-meerdere-samen"
    DEEL_VAN_REFERENTIES = "5-deel-van-de-referenties"
    GEEN_VERGELIJKBARE_REFERENTIE = "6-geen-vergelijkbare-referentie"
    NIETS_GEDEELD = "7-niets-gedeeld"
    MINDER_KENNIS = "9-minder-kennis"
    GEDEELTELIJK_BEWEZEN = "8-gedeeltelijk-bewezen"


class Gehouden(msgspec.Struct, frozen=True):
    """One held competence and the code of what brings it."""

    competentie: Competentie
    door: str


class Steun(msgspec.Struct, frozen=True):
    """A held competence that a verdict rests on; `referenties` are those it brings for the asked one."""

    iri: str
    code: str
    tekst: str
    door: str
    referenties: tuple[str, ...] = ()


class Kennistekort(msgspec.Struct, frozen=True):
    """A knowledge item asked at greater depth than held; `gehouden` 0 is not held at all."""

    iri: str
    tekst: str
    gevraagd: int
    gehouden: int


class Oordeel(msgspec.Struct, frozen=True):
    """One verdict with what it rests on and what is missing."""

    verdict: Verdict
    regel: Regel
    steunt: tuple[Steun, ...] = ()
    besluiten: tuple[Mappingbesluit, ...] = ()
    gedeeld: tuple[str, ...] = ()
    resterend: tuple[str, ...] = ()
    zwak: bool = False
    verschil: tuple[Woordverschil, ...] = ()
    kennis: tuple[Kennistekort, ...] = ()
    ontbrekende_delen: tuple[str, ...] = ()


class Weegschaal:
    """What is held, indexed, so that each asked competence is judged by look-ups.

    `zeker` are the competences that a proof gives; `mogelijk` those of a BK that a recognition contains in part, where
    the source does not say which (they never prove anything: rule 8).
    """

    def __init__(
        self, vergelijking: Vergelijking, zeker: Iterable[Gehouden], mogelijk: Iterable[Gehouden] = ()
    ) -> None:
        self._van = vergelijking
        self._gehouden: dict[str, Gehouden] = {}
        for houder in zeker:
            self._gehouden.setdefault(houder.competentie.iri, houder)
        self._plaats = {iri: plaats for plaats, iri in enumerate(self._gehouden)}
        misschien = [houder for houder in mogelijk if houder.competentie.iri not in self._gehouden]
        self._misschien = Weegschaal(vergelijking, misschien) if misschien else None
        self._met_referentie: dict[str, list[str]] = {}
        self._met_tekst: dict[str, list[str]] = {}
        self._kennis: dict[str, int] = {}
        for iri, houder in self._gehouden.items():
            self._voeg_toe(iri, houder.competentie)
        self._vergelijkbaar = any(is_vergelijkbaar(referentie) for referentie in self._met_referentie)

    def _voeg_toe(self, iri: str, competentie: Competentie) -> None:
        for referentie in self._van.referenties[iri]:
            self._met_referentie.setdefault(referentie, []).append(iri)
        self._met_tekst.setdefault(self._van.tekst[iri], []).append(iri)
        for item in competentie.kennis:
            sleutel = genormaliseerd(item.tekst)
            self._kennis[sleutel] = max(self._kennis.get(sleutel, 0), item.diepte)

    def weeg(self, gevraagd: Competentie) -> Oordeel:
        """The verdict on one asked competence.

        Rule 0, ours: a competence that is itself held is covered, whatever its references, so that a bridge from a
        version to itself leaves nothing. A decision that makes the held competence a part (rule 1) gives *deels* only
        where the other rules give no more, so that holding more never proves less.
        """
        if gevraagd.iri in self._gehouden:
            return Oordeel(Verdict.GEDEKT, Regel.ZELFDE, (self._steun(gevraagd.iri),))
        ontkend: set[str] = set()
        door_besluit = self._volgens_besluit(gevraagd, ontkend)
        if door_besluit and door_besluit.verdict is Verdict.GEDEKT:
            return door_besluit
        oordeel = self._volgens_referenties(gevraagd, ontkend)
        if door_besluit and oordeel.verdict not in (Verdict.GEDEKT, Verdict.TE_BEVESTIGEN):
            return door_besluit
        return self._misschien_meer(gevraagd, oordeel)

    def _misschien_meer(self, gevraagd: Competentie, oordeel: Oordeel) -> Oordeel:
        """Rule 8, ours: what a partly contained BK would prove is to be confirmed from its proof of competences."""
        if self._misschien is None or oordeel.verdict in (Verdict.GEDEKT, Verdict.TE_BEVESTIGEN):
            return oordeel
        anders = self._misschien.weeg(gevraagd)
        if anders.verdict not in (Verdict.GEDEKT, Verdict.TE_BEVESTIGEN):
            return oordeel
        return msgspec.structs.replace(anders, verdict=Verdict.TE_BEVESTIGEN, regel=Regel.GEDEELTELIJK_BEWEZEN)

    def _steun(self, iri: str, referenties: Iterable[str] = ()) -> Steun:
        houder = self._gehouden[iri]
        return Steun(
            iri, codenaam(houder.competentie), houder.competentie.tekst, houder.door, tuple(sorted(referenties))
        )

    def _volgens_besluit(self, gevraagd: Competentie, ontkend: set[str]) -> Oordeel | None:
        """Rule 1: a recorded decision on a pair; fills `ontkend` with the held competences that one denies."""
        deel: Oordeel | None = None
        for ander, besluit in self._van.besluiten.get(gevraagd.iri, {}).items():
            if ander not in self._gehouden:
                continue
            betekenis = strekking(besluit, ander)
            if betekenis is Strekking.IMPLICEERT:
                return Oordeel(Verdict.GEDEKT, Regel.BESLUIT, (self._steun(ander),), (besluit,))
            if betekenis is Strekking.ONTKENT:
                ontkend.add(ander)
            elif betekenis is Strekking.DEEL and deel is None:
                deel = Oordeel(Verdict.DEELS, Regel.DEEL_VOLGENS_BESLUIT, (self._steun(ander),), (besluit,))
        return self._volgens_keten(gevraagd) or self._volgens_delen(gevraagd) or deel

    def _volgens_keten(self, gevraagd: Competentie) -> Oordeel | None:
        """A chain of exactMatch decisions; of several the shortest, and then the first by IRI."""
        ketens = self._van.ketens.naar(gevraagd.iri)
        gehouden = [ander for ander in ketens if ander in self._gehouden]
        if not gehouden:
            return None
        beste = min(gehouden, key=lambda ander: (len(ketens[ander]), ander))
        return Oordeel(Verdict.GEDEKT, Regel.KETEN, (self._steun(beste),), ketens[beste])

    def _volgens_delen(self, gevraagd: Competentie) -> Oordeel | None:
        delen = self._van.delen.get(gevraagd.iri, {})
        aanwezig = [deel for deel in delen if deel in self._gehouden]
        if not aanwezig:
            return None
        rest = tuple(deel for deel in delen if deel not in self._gehouden)
        verdict, regel = (Verdict.DEELS, Regel.DEEL_VOLGENS_BESLUIT) if rest else (Verdict.GEDEKT, Regel.BESLUIT)
        return Oordeel(
            verdict,
            regel,
            tuple(self._steun(deel) for deel in aanwezig),
            tuple(delen[deel] for deel in aanwezig),
            ontbrekende_delen=rest,
        )

    def _volgens_referenties(self, gevraagd: Competentie, ontkend: set[str]) -> Oordeel:
        """Rules 2 to 7, over the held competences that no decision denies for this one."""
        gevraagde = self._van.referenties[gevraagd.iri]
        if not gevraagde:
            return self._zonder_referentie(gevraagd, ontkend)
        brengt: dict[str, set[str]] = {}
        for referentie in gevraagd.referenties:
            for iri in self._met_referentie.get(referentie, ()):
                if iri not in ontkend:
                    brengt.setdefault(iri, set()).add(referentie)
        brengt = {iri: brengt[iri] for iri in sorted(brengt, key=self._plaats.__getitem__)}
        volledig = [iri for iri, referenties in brengt.items() if len(referenties) == len(gevraagde)]
        if volledig:
            return self._een_brengt_alles(gevraagd, volledig)
        gedeeld = set[str]().union(*brengt.values())
        if gedeeld:
            return self._samen(gevraagd, brengt, gedeeld)
        if not self._vergelijkbaar or not any(map(is_vergelijkbaar, gevraagde)):
            return Oordeel(Verdict.ONVERGELIJKBAAR, Regel.GEEN_VERGELIJKBARE_REFERENTIE)
        return Oordeel(Verdict.ONTBREEKT, Regel.NIETS_GEDEELD, resterend=gevraagd.referenties)

    def _zonder_referentie(self, gevraagd: Competentie, ontkend: set[str]) -> Oordeel:
        """Rule 2."""
        for iri in self._met_tekst.get(self._van.tekst[gevraagd.iri], ()):
            if iri not in ontkend:
                return Oordeel(Verdict.TE_BEVESTIGEN, Regel.ZELFDE_TEKST_ZONDER_REFERENTIE, (self._steun(iri),))
        return Oordeel(Verdict.ONVERGELIJKBAAR, Regel.ZONDER_REFERENTIE)

    def _een_brengt_alles(self, gevraagd: Competentie, volledig: list[str]) -> Oordeel:
        """Rule 3, with the depth of knowledge."""
        tekst = self._van.tekst[gevraagd.iri]
        zelfde = [iri for iri in volledig if self._van.tekst[iri] == tekst]
        tekort = self._kennistekort(gevraagd)
        for iri in zelfde:
            if not tekort or not self._gehouden[iri].competentie.kennis:
                return Oordeel(
                    Verdict.GEDEKT,
                    Regel.ZELFDE_REFERENTIES_EN_TEKST,
                    (self._steun(iri, gevraagd.referenties),),
                    gedeeld=gevraagd.referenties,
                )
        if zelfde:
            steun = (self._steun(zelfde[0], gevraagd.referenties),)
            return Oordeel(Verdict.DEELS, Regel.MINDER_KENNIS, steun, gedeeld=gevraagd.referenties, kennis=tekort)
        beste = min(volledig, key=lambda iri: Indel.distance(self._van.tekst[iri].split(), tekst.split()))
        return Oordeel(
            Verdict.TE_BEVESTIGEN,
            Regel.ANDERE_TEKST,
            (self._steun(beste, gevraagd.referenties),),
            gedeeld=gevraagd.referenties,
            verschil=woordverschil(self._gehouden[beste].competentie.tekst, gevraagd.tekst),
        )

    def _samen(self, gevraagd: Competentie, brengt: dict[str, set[str]], gedeeld: set[str]) -> Oordeel:
        """Rules 4 and 5: several bring all the references together, or only a part of them is held."""
        steun = tuple(self._steun(iri, referenties) for iri, referenties in brengt.items())
        delen = tuple(referentie for referentie in gevraagd.referenties if referentie in gedeeld)
        rest = tuple(referentie for referentie in gevraagd.referenties if referentie not in gedeeld)
        if not rest:
            return Oordeel(Verdict.TE_BEVESTIGEN, Regel.MEERDERE_SAMEN, steun, gedeeld=delen)
        zwak = not any(map(is_activiteit, delen))
        return Oordeel(Verdict.DEELS, Regel.DEEL_VAN_REFERENTIES, steun, gedeeld=delen, resterend=rest, zwak=zwak)

    def _kennistekort(self, gevraagd: Competentie) -> tuple[Kennistekort, ...]:
        return tuple(kennistekorten(gevraagd.kennis, self._kennis))


def kennistekorten(gevraagd: Iterable[Kennisitem], gehouden: dict[str, int]) -> Iterator[Kennistekort]:
    """The knowledge items asked at greater depth than held (basiskennis < kennis < grondige kennis)."""
    for item in gevraagd:
        diepte = gehouden.get(genormaliseerd(item.tekst))
        if diepte is None or diepte < item.diepte:
            yield Kennistekort(item.iri, item.tekst, item.diepte, diepte or 0)
