"""The register: the one door through which decisions are written, and every rule is applied on the way in."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from pyoxigraph import Triple

from ..errors import BesluitError, BevoegdheidError, ToestandError, VersieError
from ..graph.names import Names
from ..graph.statements import Finding, Severity
from .grootboek import Grootboek, Voorstel
from .projectie import context, gezegd
from .regels import keur_mandaat, keur_overlapping, keur_rol, keur_verwijzingen
from .soorten import Bereiksoort, Rol, Soort, Toestand, Wie, soort_van
from .toestand import Handeling, Regel, Stand, Stuk, canoniek, volgende
from .wereld import Wereld

Keuring = Callable[[Sequence[Triple]], Sequence[Finding]]
"""Validates a small graph by the SHACL shapes; `checks` does it, whoever opens the register hands it over."""


class Maak(msgspec.Struct, frozen=True, tag="maak"):
    """Draw up a new record; the id is given or made."""

    besluit: Soort
    id: str = ""


class Wijzig(msgspec.Struct, frozen=True, tag="wijzig"):
    """Give a draft new content; `versie` is the version that was read."""

    id: str
    versie: int
    besluit: Soort


class Stap(msgspec.Struct, frozen=True, tag="stap"):
    """Take a step with a record; `versie` is the version that was read."""

    id: str
    versie: int
    handeling: Handeling
    reden: str = ""


class Reageer(msgspec.Struct, frozen=True, tag="reageer"):
    """Remark on a record."""

    id: str
    tekst: str


class Draagover(msgspec.Struct, frozen=True, tag="draagover"):
    """Carry a record over to a new version of its standard: kept as it was, or as a draft to re-confirm."""

    uit: str
    besluit: Soort
    behouden: bool
    verschil: tuple[str, ...] = ()


_T = TypeVar("_T")
Opdracht = Maak | Wijzig | Stap | Reageer | Draagover


class Register:
    """The ledger with its rules: what is asked is done as a whole or refused as a whole.

    `wereld` gives what the current release says, `keuring` the verdict of the shapes.
    """

    def __init__(self, grootboek: Grootboek, wereld: Callable[[], Wereld], keuring: Keuring) -> None:
        self.grootboek, self.wereld, self.keuring = grootboek, wereld, keuring

    def voer_uit(self, opdrachten: Sequence[Opdracht], wie: Wie, sleutel: str = "") -> list[Stuk]:
        """Carry out these orders in one transaction; the records as they stand after it, in order of the orders.

        Raises InputError, BesluitError or one of its kinds, and then nothing was written. With `sleutel` the same call
        may be made again without doing it twice.
        """
        wereld = self.wereld()
        sleutel = f"{wie.rol.value}:{wie.instantie}:{sleutel}" if sleutel else ""
        verzoek = hashlib.sha256(canoniek([wie, *opdrachten]).encode()).hexdigest() if sleutel else ""

        def beslis(stand: Stand, moment: datetime) -> list[Voorstel]:
            return _Zitting(stand, wereld, self.keuring, wie, moment).voorstellen(opdrachten)

        regels = self.grootboek.schrijf(beslis, sleutel, verzoek)
        return self.grootboek.lees(lambda stand: [stand.stuk(kenmerk) for kenmerk in _objecten(regels)])

    def proef(self, wie: Wie) -> Callable[[Stand], Callable[[Opdracht], None]]:
        """Tries orders one after the other on a state without writing; raises what writing would raise."""
        wereld, moment = self.wereld(), self.grootboek.klok()

        def op(stand: Stand) -> Callable[[Opdracht], None]:
            zitting = _Zitting(kopie(stand), wereld, self.keuring, wie, moment)

            def probeer(opdracht: Opdracht) -> None:
                zitting.probeer(opdracht)

            return probeer

        return op

    def lees(self, vraag: Callable[[Stand], _T]) -> _T:
        """What `vraag` answers on the present state."""
        antwoord: _T = self.grootboek.lees(vraag)
        return antwoord

    def stuk(self, kenmerk: str) -> Stuk:
        """The record with that id. Raises UnknownCodeError where there is none."""
        return self.lees(lambda stand: stand.stuk(kenmerk))


def _objecten(regels: Iterable[Regel]) -> list[str]:
    return list(dict.fromkeys(regel.object for regel in regels))


class _Zitting:
    """One transaction: each order is judged on the state that the orders before it would leave."""

    def __init__(self, stand: Stand, wereld: Wereld, keuring: Keuring, wie: Wie, moment: datetime) -> None:
        self.stand, self.wereld, self.keuring = stand, wereld, keuring
        self.wie, self.dag = wie, moment.date()
        self.moment = moment.isoformat()

    def voorstellen(self, opdrachten: Sequence[Opdracht]) -> list[Voorstel]:
        """The entries that these orders add."""
        if len(opdrachten) == 1:
            return self._voorstellen(opdrachten[0])
        self.stand = kopie(self.stand)
        return [voorstel for opdracht in opdrachten for voorstel in self.probeer(opdracht)]

    def probeer(self, opdracht: Opdracht) -> list[Voorstel]:
        """The entries of one order, folded into the state of this sitting so that the next is judged after it."""
        gemaakt = self._voorstellen(opdracht)
        for voorstel in gemaakt:
            self.stand.verwerk(_als_regel(voorstel, self.stand.nummer + 1, self.moment))
        return gemaakt

    def _voorstellen(self, opdracht: Opdracht) -> list[Voorstel]:
        match opdracht:
            case Maak():
                return [self._maak(opdracht)]
            case Wijzig():
                return [self._wijzig(opdracht)]
            case Stap():
                return self._stap(opdracht)
            case Reageer():
                return [self._reageer(opdracht)]
            case Draagover():
                return [self._draag_over(opdracht)]

    def _maak(self, opdracht: Maak) -> Voorstel:
        besluit, kenmerk = opdracht.besluit, opdracht.id or uuid.uuid4().hex[:12]
        if kenmerk in self.stand.stukken:
            raise VersieError(f"Besluit {kenmerk} bestaat al.", remedy="Laat het id weg of wijzig dat besluit.")
        inhoud: dict[str, Any] = {"besluit": besluit} | self._keur(besluit, kenmerk)
        if besluit.twee_personen:
            return self._voorstel(kenmerk, besluit, 1, Handeling.MAAK, inhoud)
        inhoud["toestand"] = Toestand.BEKRACHTIGD
        return self._voorstel(kenmerk, besluit, 1, Handeling.LEG_VAST, inhoud)

    def _wijzig(self, opdracht: Wijzig) -> Voorstel:
        stuk = self._gelezen(opdracht.id, opdracht.versie)
        vast = not stuk.besluit.twee_personen and stuk.toestand is Toestand.BEKRACHTIGD
        toestand = stuk.toestand if vast else volgende(stuk, Handeling.WIJZIG)
        keur_rol(self.wie, stuk.besluit)
        if soort_van(stuk.besluit) != soort_van(opdracht.besluit):
            raise BesluitError(f"{stuk.id} is een {soort_van(stuk.besluit)} en blijft dat.")
        mandaat = self._keur(opdracht.besluit, stuk.id)
        inhoud = {"besluit": opdracht.besluit, "toestand": toestand} | mandaat
        return self._voorstel(stuk.id, opdracht.besluit, stuk.versie + 1, Handeling.WIJZIG, inhoud)

    def _stap(self, opdracht: Stap) -> list[Voorstel]:
        stuk = self._gelezen(opdracht.id, opdracht.versie)
        volgende(stuk, opdracht.handeling)
        keur_rol(self.wie, stuk.besluit)
        if opdracht.handeling in (Handeling.TREK_IN, Handeling.STUUR_TERUG, Handeling.VERVAL) and not opdracht.reden:
            raise BesluitError(f"{opdracht.handeling.value} vraagt een reden.", remedy="Zeg waarom.")
        inhoud = {"reden": opdracht.reden} if opdracht.reden else {}
        bekrachtigt = opdracht.handeling is Handeling.BEKRACHTIG
        if bekrachtigt:
            self._keur_tweede(stuk)
            inhoud |= self._keur(stuk.besluit, stuk.id)
        voorstel = self._voorstel(stuk.id, stuk.besluit, stuk.versie + 1, opdracht.handeling, inhoud)
        return [voorstel, *(self._vervang(stuk) if bekrachtigt else ())]

    def _vervang(self, stuk: Stuk) -> list[Voorstel]:
        """What a ratified record replaces lapses in the same transaction."""
        if not stuk.besluit.vervangt:
            return []
        oud = self.stand.stuk(stuk.besluit.vervangt)
        inhoud = {"reden": f"vervangen door {stuk.id}"}
        return [self._voorstel(oud.id, oud.besluit, oud.versie + 1, Handeling.VERVAL, inhoud)]

    def _keur_tweede(self, stuk: Stuk) -> None:
        inhoud = [stap.wie for stap in stuk.geschiedenis if stap.handeling in (Handeling.MAAK, Handeling.WIJZIG)]
        voorgelegd = [stap.wie for stap in stuk.geschiedenis if stap.handeling == Handeling.LEG_VOOR]
        schrijvers = {_persoon(wie) for wie in inhoud or voorgelegd}
        if _persoon(self.wie) in schrijvers:
            raise BevoegdheidError(
                "Wie een besluit schreef, bekrachtigt het niet.", remedy="Laat een tweede persoon bekrachtigen."
            )

    def _reageer(self, opdracht: Reageer) -> Voorstel:
        stuk = self.stand.stuk(opdracht.id)
        if self.wie.rol is Rol.SECTOR:
            keur_rol(self.wie, stuk.besluit)
        if not opdracht.tekst.strip():
            raise BesluitError("Een opmerking heeft een tekst.")
        return self._voorstel(stuk.id, stuk.besluit, stuk.versie, Handeling.REAGEER, {"tekst": opdracht.tekst})

    def _draag_over(self, opdracht: Draagover) -> Voorstel:
        besluit, kenmerk = opdracht.besluit, overdracht_id(opdracht)
        if kenmerk in self.stand.stukken:
            raise ToestandError(f"{opdracht.uit} is al overgedragen als {kenmerk}.")
        mandaat = self._keur(besluit, kenmerk)
        toestand = Toestand.BEKRACHTIGD if opdracht.behouden else Toestand.ONTWERP
        inhoud = {"besluit": besluit, "toestand": toestand, "uit": opdracht.uit, "verschil": opdracht.verschil}
        return self._voorstel(kenmerk, besluit, 1, Handeling.DRAAG_OVER, inhoud | mandaat)

    def _gelezen(self, kenmerk: str, versie: int) -> Stuk:
        stuk = self.stand.stuk(kenmerk)
        if stuk.versie != versie:
            raise VersieError(
                f"Besluit {kenmerk} is intussen gewijzigd: het is aan versie {stuk.versie}, u las versie {versie}.",
                remedy="Lees het opnieuw.",
            )
        return stuk

    def _keur(self, besluit: Soort, kenmerk: str) -> dict[str, str]:
        """Apply every rule; the mandate on which the decision rests, to be written with it."""
        keur_rol(self.wie, besluit)
        if besluit.bereik.soort is not Bereiksoort.PROGRAMMA and besluit.bereik.versie:
            self.wereld.competenties(besluit.bereik)
        mandaat = keur_mandaat(self.stand, besluit, self.wereld, self.dag)
        keur_verwijzingen(self.stand, besluit, self.wereld)
        keur_overlapping(self.stand, besluit, self.wereld, kenmerk)
        keur_vorm(self.keuring, besluit, kenmerk, self.wereld, mandaat)
        return {"mandaat": mandaat} if mandaat else {}

    def _voorstel(
        self, kenmerk: str, besluit: Soort, versie: int, handeling: Handeling, inhoud: dict[str, Any]
    ) -> Voorstel:
        return Voorstel(kenmerk, soort_van(besluit), versie, handeling, self.wie, inhoud)


def keur_vorm(keuring: Keuring, besluit: Soort, kenmerk: str, wereld: Wereld, mandaat: str) -> None:
    """Hold a record to the shapes, with what the release says of it and its mandate. Raises BesluitError."""
    names = Names(wereld.catalogus.basis)
    triples = [*gezegd(besluit, kenmerk, names, wereld, mandaat), *context(besluit, wereld)]
    gebreken = [finding for finding in keuring(triples) if finding.severity is Severity.VIOLATION]
    if gebreken:
        raise BesluitError(
            gebreken[0].message["nl"],
            remedy=(gebreken[0].remedy or {}).get("nl", ""),
            bevindingen=[f"{finding.rule}: {finding.message['nl']}" for finding in gebreken],
        )


def overdracht_id(opdracht: Draagover) -> str:
    """The id of a carried-over record: made from what it was and where it goes, so that it is carried over once."""
    return hashlib.sha256(f"{opdracht.uit} {opdracht.besluit.bereik.versie}".encode()).hexdigest()[:12]


def kopie(stand: Stand) -> Stand:
    """A state of its own that can be tried out; the records are shared, they never change."""
    andere = Stand()
    andere.neem_over(stand)
    return andere


def _persoon(wie: Wie) -> str:
    return " ".join(wie.naam.casefold().split())


def _als_regel(voorstel: Voorstel, nummer: int, moment: str) -> Regel:
    return Regel(
        nummer,
        moment,
        voorstel.object,
        voorstel.soort,
        voorstel.versie,
        voorstel.handeling.value,
        voorstel.wie.rol.value,
        voorstel.wie.naam,
        voorstel.wie.instantie,
        canoniek(voorstel.inhoud),
        None,
        0,
        "",
        "",
        "",
    )
