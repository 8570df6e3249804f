"""What a learner can do, compiled once for a release: enrolments with their proofs, EVC, and what follows by itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from ..graph.catalogus import Catalogus, Erkenning, Instap, Kwalificatie, Kwalificatiesoort, Programma, Studiebewijs
from .doorstroomregels import AFLEIDINGEN, EVC_BRON, EVC_STANDAARDEN, EvcStandaard, duur, regel_voor
from .kalender import EERSTE_JAAR, VOOR_ALTIJD, Aanvang, aanvangen
from .regelboom import Blad, Deel, alle, alternatieven, een_van


class Soort(StrEnum):
    """What kind of step this is."""

    OPLEIDING = "opleiding"
    GEDEELTELIJK = "gedeeltelijk"
    AANLOOP = "aanloop"
    EVC = "evc"


class Verdiend(msgspec.Struct, frozen=True):
    """A proof that a step earns; `feiten` are the facts that it makes true."""

    iri: str
    naam: str
    soort: str
    feiten: tuple[str, ...]


class Handeling(msgspec.Struct, frozen=True):
    """One step: begun on 1 September of a year from `van` to `tot`, when the tree `toelating` is met; EVC on any day.

    `gereed` is the fact of being ready for the work floor, where a place on it is part of the step. `bewijzen` are
    earned on full completion; `deelbewijzen` to who completes a part only, and `enkel_competenties` are the BKs of
    which the step proves competences and never the whole (domain.md §5).
    """

    soort: Soort
    code: str
    naam: str
    jaren: int
    van: int
    tot: int
    toelating: Deel
    geeft: tuple[str, ...]
    bewijzen: tuple[Verdiend, ...]
    programma: str = ""
    begin: str = ""
    einde: str = ""
    studiedomein: str = ""
    duaal: bool = False
    gereed: str = ""
    bron: str = ""
    uren_min: int | None = None
    uren_max: int | None = None
    contract: str = ""
    stelsels: tuple[str, ...] = ()
    deelbewijzen: tuple[Verdiend, ...] = ()
    enkel_competenties: tuple[str, ...] = ()

    @property
    def eerste_graad(self) -> bool:
        """Whether it is a year of the first degree."""
        return any(feit.startswith(("jaar1:", "graad1:")) for feit in self.geeft)


def certificaatfeit(naam: str) -> str:
    """A certificate of the former system is known by its name, with or without the word.

    >>> certificaatfeit("Certificaat Fietsmecanicien")
    'certificaat:fietsmecanicien'
    """
    return "certificaat:" + naam.casefold().removeprefix("certificaat").strip()


def kwalificatiefeiten(catalogus: Catalogus, code: str) -> tuple[str, ...]:
    """What holding a BK version or a DBK means: itself and its line, so that a superseded version counts too."""
    kwalificatie = catalogus.kwalificaties.get(code)
    if kwalificatie and kwalificatie.soort is Kwalificatiesoort.DEELKWALIFICATIE:
        return (f"dbk:{code}",)
    reeks = kwalificatie.reeks if kwalificatie else code.rsplit("-", 1)[0]
    return f"bk:{code}", f"reeks:{reeks}"


class Aanbod:
    """Every step and every derivation of one release; the same for every learner."""

    def __init__(self, catalogus: Catalogus) -> None:
        self.catalogus = catalogus
        self.reeksen: dict[str, list[Kwalificatie]] = {}
        for kwalificatie in catalogus.kwalificaties.values():
            if kwalificatie.soort is Kwalificatiesoort.BEROEPSKWALIFICATIE:
                self.reeksen.setdefault(kwalificatie.reeks, []).append(kwalificatie)
        self.handelingen: tuple[Handeling, ...] = tuple(self._handelingen())
        self.keuzes: tuple[tuple[frozenset[str], ...], ...] = tuple(
            tuple(keuze | ({each.gereed} if each.gereed else set()) for keuze in alternatieven(each.toelating))
            for each in self.handelingen
        )
        self.regels_naar: dict[str, list[tuple[str, ...]]] = {}
        for nodig, geeft in self._afleidingen():
            self.regels_naar.setdefault(geeft, []).append(nodig)
        self.makers: dict[str, list[int]] = {}
        for plaats, handeling in enumerate(self.handelingen):
            for feit in handeling.geeft:
                self.makers.setdefault(feit, []).append(plaats)

    def _handelingen(self) -> Iterator[Handeling]:
        for programma in self.catalogus.programmas.values():
            erkenningen = [self.catalogus.erkenningen[code] for code in programma.erkenningen]
            jaren = duur(programma)
            if jaren and (regel := regel_voor(programma)):
                for aanvang in aanvangen(erkenningen, jaren):
                    toelating = self._toelating(programma, regel.eist, aanvang.begin)
                    if programma.aanloop:
                        yield self._aanloop(programma, aanvang, toelating, regel.bron)
                    else:
                        yield self._opleiding(programma, aanvang, toelating, regel.bron)
                        yield from self._gedeeltelijk(programma, aanvang, toelating, regel.bron)
        yield from (evc for standaard in EVC_STANDAARDEN if (evc := self._evc(standaard)))

    def _toelating(self, programma: Programma, gewoon: Deel, begin: Erkenning) -> Deel:
        """The usual admission, or flexible entry where the recognition has one, or an exemption on record."""
        delen = [gewoon]
        if begin.instap and (flexibel := self._instap(begin.instap)):
            delen.append(flexibel)
        delen.append(Blad(f"vrijgesteld:{programma.code}", "vrijstelling van de toelatingsvoorwaarden"))
        return een_van(*delen, naam=f"toelating tot {programma.titel}")

    def _instap(self, instap: Instap) -> Deel | None:
        """Flexible entry: one of or all of the proofs, or one of the certificates of the former system."""
        delen: list[Deel] = [self._bewijsblad(code) for code in instap.bewijzen]
        if instap.regel == "VIA_ALLE_BEWIJZEN":
            delen += [Blad(f"onbekend:{naam}", naam) for naam in instap.onbekend]
            delen = [alle(*delen, naam="alle bewijzen")] if delen else []
        delen += [Blad(certificaatfeit(naam), naam) for naam in instap.certificaten]
        return een_van(*delen, naam="flexibele instap", bron=instap.iri) if delen else None

    def _bewijsblad(self, code: str) -> Blad:
        if code in self.catalogus.kwalificaties:
            feit = kwalificatiefeiten(self.catalogus, code)[0]
            return Blad(feit, f"bewijs {naam_van(self.catalogus.kwalificaties[code])} ({code})")
        naam = next((naam_van(k) for k in self.reeksen.get(code, ())), "")
        return Blad(f"reeks:{code}", f"bewijs van beroepskwalificatie {naam} ({code})")

    def _opleiding(self, programma: Programma, aanvang: Aanvang, toelating: Deel, bron: str) -> Handeling:
        bewijzen = tuple(self._bewijzen(programma, aanvang.einde))
        geeft = [f"so:{programma.code}", *(feit for bewijs in bewijzen for feit in bewijs.feiten)]
        geeft += [*_graad(programma), *(f"dbk:{code}" for code in self._delen(aanvang.einde))]
        if programma.duaal:
            geeft.append(f"duaal@{programma.studiedomein}")
            geeft += [f"duaal@{domein.casefold()}" for domein in self._domeinen(aanvang.einde)]
        return self._met(Soort.OPLEIDING, programma, aanvang, toelating, bron, tuple(dict.fromkeys(geeft)), bewijzen)

    def _met(
        self,
        soort: Soort,
        programma: Programma,
        aanvang: Aanvang,
        toelating: Deel,
        bron: str,
        geeft: tuple[str, ...],
        bewijzen: tuple[Verdiend, ...],
    ) -> Handeling:
        contract = aanvang.begin.contract
        staart = "" if soort is not Soort.GEDEELTELIJK else "/deel"
        return Handeling(
            soort=soort,
            code=f"{programma.code}/{aanvang.begin.code}/{max(aanvang.van, EERSTE_JAAR)}{staart}",
            naam=programma.titel,
            jaren=duur(programma),
            van=aanvang.van,
            tot=aanvang.tot,
            toelating=toelating,
            geeft=geeft,
            bewijzen=bewijzen,
            programma=programma.code,
            begin=aanvang.begin.code,
            einde=aanvang.einde.code,
            studiedomein=programma.studiedomein,
            duaal=programma.duaal,
            gereed=f"gereed:{programma.code}" if programma.duaal and soort is not Soort.AANLOOP else "",
            bron=bron,
            uren_min=contract.uren_min if contract else None,
            uren_max=contract.uren_max if contract else None,
            contract=contract.soort if contract else "",
            stelsels=programma.stelsels,
            deelbewijzen=tuple(self._deelbewijzen(programma, aanvang.einde)) if soort is Soort.OPLEIDING else (),
            enkel_competenties=aanvang.einde.gedeeltelijk if soort is Soort.OPLEIDING else (),
        )

    def _delen(self, einde: Erkenning) -> Iterator[str]:
        """The DBKs that a recognition can prove."""
        return (bewijs.van for bewijs in einde.studiebewijzen if "-DBK-" in bewijs.van)

    def _opgaand(self, einde: Erkenning, bewijs: Studiebewijs) -> bool:
        """Whether it is of a DBK whose BK is proved too: that is awarded only to who does not reach the BK."""
        deel = self.catalogus.kwalificaties.get(bewijs.van)
        return "-DBK-" in bewijs.van and (deel.deel_van if deel else bewijs.van.split("-DBK-")[0]) in einde.volledig

    def _bewijzen(self, programma: Programma, einde: Erkenning) -> Iterator[Verdiend]:
        """The proofs on full completion: those on the highest, and those of BKs and DBKs (domain.md §2.5, §3.3)."""
        genoemd = set()
        for bewijs in einde.studiebewijzen:
            if bewijs.van:
                genoemd.add(bewijs.van)
                if not self._opgaand(einde, bewijs):
                    yield self._verdiend(programma, bewijs)
            elif bewijs.maximaal or bewijs.soort.startswith("Bewijs") or is_graadbewijs(bewijs):
                yield self._verdiend(programma, bewijs)
        for code in einde.volledig:
            if code not in genoemd and (kwalificatie := self.catalogus.kwalificaties.get(code)):
                naam = f"Bewijs van beroepskwalificatie {naam_van(kwalificatie)} ({code})"
                feiten = kwalificatiefeiten(self.catalogus, code)
                yield Verdiend(kwalificatie.iri, naam, "BewijsVanBeroepskwalificatie", feiten)

    def _verdiend(self, programma: Programma, bewijs: Studiebewijs) -> Verdiend:
        feiten = kwalificatiefeiten(self.catalogus, bewijs.van) if bewijs.van else _ok_feiten(programma, bewijs)
        if is_graadbewijs(bewijs):
            feiten = _graad(programma)
        return Verdiend(bewijs.iri, bewijs.naam, bewijs.soort, feiten)

    def _deelbewijzen(self, programma: Programma, einde: Erkenning) -> Iterator[Verdiend]:
        """The proofs on partial completion: all but the highest and that of a whole degree."""
        for bewijs in einde.studiebewijzen:
            if not bewijs.maximaal and not is_graadbewijs(bewijs):
                yield self._verdiend(programma, bewijs)

    def _gedeeltelijk(self, programma: Programma, aanvang: Aanvang, toelating: Deel, bron: str) -> Iterator[Handeling]:
        """What the programme awards to who does not reach the highest proof, such as an OK 2 in the third degree.

        The source does not say after how long; planned with the whole duration, which is never too short.
        """
        tussen = [each for each in aanvang.einde.studiebewijzen if not each.maximaal and each.ok_niveau]
        if tussen:
            bewijzen = tuple(self._verdiend(programma, bewijs) for bewijs in tussen)
            feiten = [feit for bewijs in bewijzen for feit in bewijs.feiten]
            geeft = tuple(dict.fromkeys([*feiten, *(["graad2:A"] if "ok:OK2" in feiten else [])]))
            yield self._met(Soort.GEDEELTELIJK, programma, aanvang, toelating, bron, geeft, bewijzen)

    def _aanloop(self, programma: Programma, aanvang: Aanvang, toelating: Deel, bron: str) -> Handeling:
        eist = alle(toelating, Blad("arbeidsbereid", "arbeidsbereid zijn"), naam=f"toelating tot {programma.titel}")
        bewijzen = tuple(self._bewijzen(programma, aanvang.einde))
        geeft = tuple(f"gereed:{vervolg}" for vervolg in programma.vervolg)
        return self._met(Soort.AANLOOP, programma, aanvang, eist, bron, geeft, bewijzen)

    def _domeinen(self, erkenning: Erkenning) -> set[str]:
        bekend = (self.catalogus.kwalificaties.get(code) for code in erkenning.volledig)
        return {domein for k in bekend if k for domein in k.domeinen}

    def _evc(self, standaard: EvcStandaard) -> Handeling | None:
        nieuwste = next((k for k in self.reeksen.get(standaard.reeks, ()) if k.code == k.nieuwste), None)
        if nieuwste is None:
            return None
        feiten = kwalificatiefeiten(self.catalogus, nieuwste.code)
        naam = f"EVC-traject {standaard.titel}"
        ervaring = Blad(f"ervaring:{standaard.reeks}", f"ervaring als {naam_van(nieuwste)}")
        bewijsnaam = f"Bewijs van beroepskwalificatie {naam_van(nieuwste)} ({nieuwste.code})"
        bewijs = Verdiend(nieuwste.iri, bewijsnaam, "Evc", feiten)
        return Handeling(
            Soort.EVC, standaard.code, naam, 0, EERSTE_JAAR, VOOR_ALTIJD, ervaring, feiten, (bewijs,), bron=EVC_BRON
        )

    def _afleidingen(self) -> Iterator[tuple[tuple[str, ...], str]]:
        for van, naar, _ in AFLEIDINGEN:
            yield (van,), naar
        for programma in self.catalogus.programmas.values():
            if programma.duaal and not programma.aanloop:
                yield ("arbeidsrijp",), f"gereed:{programma.code}"
        for kwalificatie in self.catalogus.kwalificaties.values():
            yield from geheel_bewijst(kwalificatie)
            delen = (self.catalogus.kwalificaties.get(code) for code in kwalificatie.deelkwalificaties)
            if kwalificatie.deel_van or any(deel and deel.competenties for deel in delen):
                yield from bewijst_competenties(kwalificatie)


def geheel_bewijst(deel: Kwalificatie) -> Iterator[tuple[tuple[str, ...], str]]:
    """A DBK is proved by the whole BK version that it is a part of; never the reverse, and never by the line.

    It is a subset of that one version, and its proof is for who does not reach the whole (domain.md §2.3; BVR
    19-07-2019, wetwijzer 2019030814). That an entry which names the part is open to who has the whole is a reading.

    >>> deel = Kwalificatie("", "BK-1-1-DBK-01", Kwalificatiesoort.DEELKWALIFICATIE, {}, deel_van="BK-1-1")
    >>> list(geheel_bewijst(deel))
    [(('bk:BK-1-1',), 'dbk:BK-1-1-DBK-01')]
    """
    if deel.deel_van:
        yield (f"bk:{deel.deel_van}",), f"dbk:{deel.code}"


def bewijst_competenties(kwalificatie: Kwalificatie) -> Iterator[tuple[tuple[str, ...], str]]:
    """A BK or DBK proves its competences; proofs add up to it only when all are covered (wetwijzer 2019030814)."""
    if not kwalificatie.competenties:
        return
    deel = kwalificatie.soort is Kwalificatiesoort.DEELKWALIFICATIE
    zelf = f"dbk:{kwalificatie.code}" if deel else f"bk:{kwalificatie.code}"
    feiten = tuple(f"competentie:{competentie.iri}" for competentie in kwalificatie.competenties)
    for feit in feiten:
        yield (zelf,), feit
    yield feiten, zelf
    if not deel:
        yield (zelf,), f"reeks:{kwalificatie.reeks}"


def is_graadbewijs(bewijs: Studiebewijs) -> bool:
    """Whether it is the getuigschrift of a degree or form as such; with a certificate it is one on the way."""
    return bewijs.soort == "Getuigschrift" and not bewijs.ok_niveau and "tezamen met" not in bewijs.naam


def _graad(programma: Programma) -> tuple[str, ...]:
    """What completing it means for the degrees: a year of the first degree, the first or the second degree."""
    if programma.graad == "1":
        stuk = "jaar1" if programma.titel.startswith("Eerste leerjaar") else "graad1"
        return (f"{stuk}:{programma.titel.split('leerjaar ')[1][:1]}",)
    return (f"graad2:{programma.finaliteit}",) if programma.graad == "2" else ()


def _ok_feiten(programma: Programma, bewijs: Studiebewijs) -> tuple[str, ...]:
    if not bewijs.ok_niveau:
        return ()
    ok = f"ok:OK{bewijs.ok_niveau}"
    return ok, f"{ok}@{programma.studiedomein}"


def naam_van(kwalificatie: Kwalificatie) -> str:
    """Its Dutch name, or its code."""
    return kwalificatie.naam.get("nl") or kwalificatie.code
