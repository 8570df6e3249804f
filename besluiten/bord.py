"""The board of a sector: a row for each thing to decide on a standard or a programme, with what was decided so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from ..errors import LeerbrugError
from ..graph.catalogus import Competentie
from .oordelen import Oordeelsteun, standen_over
from .register import Maak, Opdracht, Wijzig
from .rooster import Proef, eigen_stukken, inhoud_van
from .soorten import Bereik, Bereiksoort, Haalbaarheid, Haalbaarheidsbesluit, Instantie, Toestand
from .toestand import Stand, Stuk
from .wereld import Wereld


class Bordrij(msgspec.Struct, frozen=True):
    """One row: what it is about, what this body says of it, and what others said.

    `zoals` is the key of the row that carries a decision which covers this one too; `geldt_voor` are the numbers of the
    rows that a decision of this row covers besides its own.
    """

    sleutel: str
    nr: int
    versie: str
    tekst: str
    bereik: Bereik
    competentie: Competentie | None = None
    stuk: Stuk | None = None
    zoals: str = ""
    geldt_voor: tuple[int, ...] = ()
    anderen: tuple[Oordeelsteun, ...] = ()

    @property
    def besluit(self) -> Haalbaarheidsbesluit | None:
        """What this body says of it, as a draft or not."""
        return self.stuk.besluit if self.stuk and isinstance(self.stuk.besluit, Haalbaarheidsbesluit) else None

    @property
    def te_herbevestigen(self) -> bool:
        """Whether it was carried over from an older version with a difference, and waits to be confirmed."""
        stuk = self.stuk
        return bool(stuk and stuk.uit and stuk.verschil and stuk.toestand is not Toestand.BEKRACHTIGD)

    @property
    def onbeslist(self) -> bool:
        """Whether no verdict was given, not even in a draft."""
        return self.besluit is None or self.besluit.haalbaarheid is Haalbaarheid.NOG_NIET_BESLIST


def bordrijen(stand: Stand, wereld: Wereld, instantie: Instantie, code: str, dag: date) -> list[Bordrij]:
    """The rows of a version, of the newest version of a line, or of a programme with all that it contains.

    Raises UnknownCodeError where the release knows no such thing.
    """
    rijen: list[Bordrij] = []
    if code in wereld.catalogus.programmas:
        rijen.append(_programmarij(stand, wereld, instantie, code))
    for versie in versies_van(wereld, code, dag):
        rijen += _rijen(stand, wereld, instantie, versie, dag)
    return rijen


def versies_van(wereld: Wereld, code: str, dag: date) -> tuple[str, ...]:
    """The versions that a board shows. Raises UnknownCodeError."""
    if code in wereld.catalogus.programmas:
        erkenning = wereld.erkenning(code, dag)
        codes = (*erkenning.volledig, *erkenning.gedeeltelijk) if erkenning else ()
        return tuple(each for each in codes if each in wereld.catalogus.kwalificaties)
    nieuwste = [
        each.code for each in wereld.catalogus.kwalificaties.values() if each.reeks == code and not each.deel_van
    ]
    return (wereld.kwalificatie(max(nieuwste, key=_versienummer) if nieuwste else code).code,)


def _versienummer(code: str) -> int:
    last = code.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


def _programmarij(stand: Stand, wereld: Wereld, instantie: Instantie, code: str) -> Bordrij:
    eigen = [
        stuk
        for stuk in stand.over(f"programma/{code}")
        if isinstance(stuk.besluit, Haalbaarheidsbesluit) and stuk.besluit.instantie == instantie
    ]
    eigen.sort(key=lambda stuk: stuk.toestand is Toestand.BEKRACHTIGD)
    bereik = Bereik(Bereiksoort.PROGRAMMA, programma=code)
    return Bordrij(f"programma.{code}", 0, "", wereld.programma(code).titel, bereik, stuk=eigen[0] if eigen else None)


def _rijen(stand: Stand, wereld: Wereld, instantie: Instantie, versie: str, dag: date) -> Iterator[Bordrij]:
    competenties = wereld.kwalificatie(versie).competenties
    eigen = eigen_stukken(stand, wereld, instantie, versie)
    profiel = {regel.competentie: regel.steunt for regel in standen_over(stand, wereld, versie, dag)}
    eerste: dict[str, str] = {}
    for competentie in competenties:
        stuk = eigen.get(competentie.code)
        sleutel = f"{versie}.{competentie.code}"
        drager = eerste.setdefault(stuk.id, sleutel) if stuk else sleutel
        yield Bordrij(
            sleutel=sleutel,
            nr=competentie.nr,
            versie=versie,
            tekst=competentie.tekst,
            bereik=Bereik(Bereiksoort.COMPETENTIE, versie, (competentie.code,)),
            competentie=competentie,
            stuk=stuk,
            zoals=drager if drager != sleutel else "",
            geldt_voor=_ook(competenties, eigen, stuk, competentie) if stuk else (),
            anderen=tuple(each for each in profiel[competentie.code] if each.instantie != str(instantie)),
        )


def _ook(
    competenties: Sequence[Competentie], eigen: Mapping[str, Stuk], stuk: Stuk, zelf: Competentie
) -> tuple[int, ...]:
    return tuple(each.nr for each in competenties if each is not zelf and eigen.get(each.code) is stuk)


def verandering(rij: Bordrij, besluit: Haalbaarheidsbesluit) -> Opdracht | None:
    """The order by which a row comes to say this; None where it says so already.

    A draft is edited; what was ratified is never edited but replaced by a new draft.
    """
    stuk, oud = rij.stuk, rij.besluit
    if stuk is None or oud is None:
        return Maak(besluit)
    if inhoud_van(oud) == inhoud_van(besluit):
        return None
    if stuk.toestand is Toestand.BEKRACHTIGD:
        return Maak(msgspec.structs.replace(besluit, bereik=oud.bereik, vervangt=stuk.id))
    return Wijzig(stuk.id, stuk.versie, msgspec.structs.replace(oud, **inhoud_van(besluit)))


def beproef(opdrachten: Sequence[tuple[str, Opdracht]], proef: Proef) -> dict[str, LeerbrugError]:
    """What would be refused, by the key of its row; each order is tried after those before it."""
    geweigerd: dict[str, LeerbrugError] = {}
    for sleutel, opdracht in opdrachten:
        try:
            proef(opdracht)
        except LeerbrugError as error:
            geweigerd.setdefault(sleutel, error)
    return geweigerd


def clusters(wereld: Wereld, rijen: Sequence[Bordrij]) -> dict[str, tuple[str, ...]]:
    """Rows that belong together, by name: those of each deelkwalificatie of a version that is shown."""
    gevonden: dict[str, tuple[str, ...]] = {}
    for versie in dict.fromkeys(rij.versie for rij in rijen if rij.versie):
        for code in wereld.kwalificatie(versie).deelkwalificaties:
            deel = wereld.catalogus.kwalificaties.get(code)
            iris = {each.iri for each in deel.competenties} if deel else set()
            sleutels = [r.sleutel for r in rijen if r.versie == versie and r.competentie and r.competentie.iri in iris]
            if sleutels and deel:
                gevonden[f"{deel.naam.get('nl', code)} ({code})"] = tuple(sleutels)
    return gevonden
