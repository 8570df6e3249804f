"""What a release says of the things that decisions are about: scopes unfolded into competences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ..errors import UnknownCodeError
from ..graph.catalogus import Catalogus, Competentie, Erkenning, Kwalificatie, Programma
from .soorten import Bereik, Bereiksoort


class Wereld:
    """A catalogue seen from a decision: which competences its scope holds, which versions hang together."""

    def __init__(self, catalogus: Catalogus) -> None:
        self.catalogus = catalogus
        self._met: tuple[date, Mapping[str, list[str]]] | None = None

    def kwalificatie(self, code: str) -> Kwalificatie:
        """The BK or DBK version with that code. Raises UnknownCodeError where this release has none."""
        if code not in self.catalogus.kwalificaties:
            raise UnknownCodeError(
                f"{code!r} is geen versie van een beroepskwalificatie in release {self.catalogus.release}.",
                remedy="Geef een code als BK-0130-5.",
            )
        return self.catalogus.kwalificaties[code]

    def programma(self, code: str) -> Programma:
        """The programme with that code. Raises UnknownCodeError where this release has none."""
        if code not in self.catalogus.programmas:
            raise UnknownCodeError(
                f"{code!r} is geen structuuronderdeel in release {self.catalogus.release}.",
                remedy="Geef een nummer als 65.",
            )
        return self.catalogus.programmas[code]

    def competenties(self, bereik: Bereik) -> tuple[Competentie, ...]:
        """The competences of a scope, in the order of the standard; of a programme none.

        Raises UnknownCodeError for a competence that this version does not have.
        """
        if bereik.soort is Bereiksoort.PROGRAMMA:
            self.programma(bereik.programma)
            return ()
        kwalificatie = self.kwalificatie(bereik.versie)
        if bereik.soort is Bereiksoort.KWALIFICATIE:
            return kwalificatie.competenties
        bekend = {competentie.code for competentie in kwalificatie.competenties}
        for code in bereik.competenties:
            if code not in bekend:
                raise UnknownCodeError(
                    f"{kwalificatie.code} heeft geen competentie {code!r}.",
                    remedy="Kies een competentie van die versie.",
                )
        return tuple(one for one in kwalificatie.competenties if one.code in bereik.competenties)

    def omvang(self, bereik: Bereik) -> frozenset[str]:
        """The IRIs that a scope covers: of its competences, else of the version or the programme itself."""
        if bereik.soort is Bereiksoort.PROGRAMMA:
            return frozenset({self.programma(bereik.programma).iri})
        gevonden = self.competenties(bereik)
        return frozenset(one.iri for one in gevonden) or frozenset({self.kwalificatie(bereik.versie).iri})

    def omvang_of_niets(self, bereik: Bereik) -> frozenset[str]:
        """The same, empty where this release no longer knows the scope: nothing can overlap what is gone."""
        try:
            return self.omvang(bereik)
        except UnknownCodeError:
            return frozenset()

    def sleutels(self, bereik: Bereik) -> Iterable[str]:
        """Under which keys decisions stand that may share something with this scope: a version and its parts."""
        if bereik.soort is Bereiksoort.PROGRAMMA:
            return [f"programma/{bereik.programma}"]
        kwalificatie = self.catalogus.kwalificaties.get(bereik.versie)
        verwant = (*kwalificatie.deelkwalificaties, kwalificatie.deel_van) if kwalificatie else ()
        andere = {deel for code in verwant if code in self.catalogus.kwalificaties for deel in self._delen(code)}
        return [f"versie/{code}" for code in sorted({bereik.versie, *verwant, *andere} - {""})]

    def _delen(self, code: str) -> tuple[str, ...]:
        return self.catalogus.kwalificaties[code].deelkwalificaties

    def lijnen(self, bereik: Bereik) -> frozenset[str]:
        """The codes under which a mandate may name this scope: the line, the version, the part, the programme."""
        if bereik.soort is Bereiksoort.PROGRAMMA:
            return frozenset({bereik.programma})
        kwalificatie = self.catalogus.kwalificaties.get(bereik.versie)
        if kwalificatie is None:
            return frozenset({bereik.versie})
        return frozenset({kwalificatie.code, kwalificatie.reeks, kwalificatie.deel_van} - {""})

    def erkenning(self, programma: str, dag: date) -> Erkenning | None:
        """The recognition of a programme that holds on that day, the newest where two overlap."""
        geldend = [
            self.catalogus.erkenningen[code]
            for code in self.programma(programma).erkenningen
            if self.catalogus.erkenningen[code].geldigheid.omvat(dag)
            and self.catalogus.erkenningen[code].status == "ERKEND"
        ]
        return geldend[-1] if geldend else None

    def opleidingen_met(self, dag: date) -> Mapping[str, list[str]]:
        """The programmes by each version that their recognition of that day contains; kept for the day last asked."""
        kept = self._met
        if kept and kept[0] == dag:
            return kept[1]
        met: defaultdict[str, list[str]] = defaultdict(list)
        for programma in self.catalogus.programmas:
            if erkenning := self.erkenning(programma, dag):
                for versie in dict.fromkeys((*erkenning.volledig, *erkenning.gedeeltelijk)):
                    met[versie].append(programma)
        self._met = dag, met
        return met
