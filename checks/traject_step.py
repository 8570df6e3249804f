"""One step of a leertraject, done again: recognition, dates, admission, proofs, hours, and the limits on a step."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date

from .traject_answer import Exemption, Question, Step
from .traject_graph import Offer, Programme, Recognition
from .traject_limits import broken, last_year
from .traject_question import ages, first_day, first_year, school_year, sources, young
from .traject_rules import (
    EVC,
    HOURS,
    WEEKS,
    Ways,
    awarded,
    closed,
    entry,
    gained,
    holding,
    newest_version,
    on_the_way,
    partly,
)

Checked = Generator[str, None, set[str]]
"""Faults, and at the end the facts that the step makes true."""


class StepCheck:
    """Walks along the steps; `facts` are what is true so far, `before` what was before the last step."""

    def __init__(self, offer: Offer, question: Question, start: frozenset[str]) -> None:
        self.offer, self.question = offer, question
        self.first = first_year(question)
        self.free_from, self.done = date(self.first, 9, 1), first_day(question)
        self.sources = dict(sources(offer, question))
        self.facts = closed(offer, start)
        self.before: frozenset[str] | None = None

    def step(self, number: int, step: Step) -> Iterator[str]:
        """What is wrong with a step; afterwards its facts are true."""
        if step.nr != number:
            yield "het nummer klopt niet"
        year = school_year(step.begin)
        grown = ages(self.question, year)
        self.facts = closed(self.offer, self.facts | grown)
        self.sources["leerling"] |= grown
        self.before = self.facts
        new = yield from self._evc(step) if step.soort == "evc" else self._programme(step)
        self.sources[f"stap {number}"] = frozenset(new)
        self.facts = closed(self.offer, self.facts | new)
        if step.soort != "evc" and step.begin < self.free_from:
            yield "het begint voor de vorige stap gedaan is"
        self.free_from = max(self.free_from, date(year + step.schooljaren, 9, 1))
        self.done = step.einde

    def _evc(self, step: Step) -> Checked:
        line = EVC.get(step.code, "")
        version = newest_version(self.offer, line)
        if not line or not version or f"ervaring:{line}" not in self.facts:
            yield "er is geen EVC-standaard of geen ervaring"
            return set()
        if (step.schooljaren, step.uren.contacturen, step.uren.buiten_werkvloer, step.duaal) != (0, 0, 0, False):
            yield "EVC kost geen lesuren"
        if (step.begin, step.einde) != (self.done, self.done):
            yield "EVC begint wanneer wat ervoor komt gedaan is, en de bron geeft geen duur"
        texts = (step.programma, step.erkenning, step.bekrachtigd_door, step.erkenning_iri, step.bekrachtigd_iri)
        hours = (step.uren.werkplek_min, step.uren.werkplek_max)
        parts = (step.stelsels, step.deelbewijzen, step.enkel_competenties)
        if any(texts) or any(parts) or step.contract or step.evidence or hours != (None, None):
            yield "EVC is geen opleiding"
        new = set(holding(self.offer, version))
        if [(each.soort, sorted(each.feiten)) for each in step.bewijzen] != [("Evc", sorted(new))]:
            yield "het bewijs is niet dat van de EVC-standaard"
        if self.offer.by_iri.get(step.bewijzen[0].iri if step.bewijzen else "") != version:
            yield "het bewijs is niet dat van de EVC-standaard"
        called = f"Bewijs van beroepskwalificatie {self.offer.names.get(version) or version} ({version})"
        if [each.naam for each in step.bewijzen] != [called]:
            yield "het bewijs heet anders in de graaf"
        yield from self._met(step, [frozenset({f"ervaring:{line}"})])
        yield from self._ways(step)
        return new

    def _programme(self, step: Step) -> Checked:
        programme = self.offer.programmes.get(step.programma)
        begin, end = self.offer.recognitions.get(step.erkenning), self.offer.recognitions.get(step.bekrachtigd_door)
        if programme is None or begin is None or end is None:
            yield "het structuuronderdeel of de erkenning is onbekend"
            return set()
        yield from self._dates(step, programme, begin, end)
        yield from self._identity(step, programme, begin, end)
        yield from self._met(step, entry(self.offer, programme, begin))
        yield from self._proofs(step, programme, end)
        yield from self._hours(step, programme, begin)
        yield from self._limits(step, programme, begin)
        return gained(self.offer, programme, end, step.soort)

    def _dates(self, step: Step, programme: Programme, begin: Recognition, end: Recognition) -> Iterator[str]:
        years, year = programme.duration, step.begin.year
        last, pair = date(year + years, 6, 30), programme.pair(year)
        if step.schooljaren != years or step.begin != date(year, 9, 1) or step.einde != last:
            yield "de duur of de data kloppen niet"
        if year < self.first:
            yield "het begint voor de eerste schooldag na de vraag"
        if programme.place.get("graad") == "1" and not young(self.question, year):
            yield "de eerste graad is voor wie jonger is dan 15"
        if pair is None:
            yield "een van de schooljaren heeft geen erkenning"
        elif pair[0] is not begin:
            yield f"op {step.begin.isoformat()} geldt erkenning {begin.code} niet"
        elif pair[1] is not end:
            yield f"op {last.isoformat()} bekrachtigt erkenning {end.code} niet"

    def _identity(self, step: Step, programme: Programme, begin: Recognition, end: Recognition) -> Iterator[str]:
        if (step.erkenning_iri, step.bekrachtigd_iri, step.naam) != (begin.iri, end.iri, programme.name):
            yield "de naam of de IRI van de erkenning klopt niet"
        dual = programme.place.get("duaal") == "true"
        preparatory = programme.place.get("aanloop") == "true"
        if step.duaal != dual or step.soort not in ({"aanloop"} if preparatory else {"opleiding", "gedeeltelijk"}):
            yield "de soort van de stap klopt niet"
        if step.code != programme.step_code(step.begin.year, step.soort):
            yield "de code van de stap klopt niet"
        if set(step.stelsels) != programme.systems or len(step.stelsels) != len(programme.systems):
            yield "het stelsel klopt niet"
        cited = {(t.subject, t.predicate.rpartition("#")[2]) for t in step.evidence}
        if {begin.iri, end.iri} != {iri for iri, what in cited if what == "erkenningVan"}:
            yield "de erkenning is niet aangehaald"
        if {t.object.id for t in step.evidence if t.predicate.endswith(("verleent", "bevatVolledig"))} != {
            each.iri for each in step.bewijzen
        }:
            yield "de bewijzen zijn niet aangehaald"

    def _met(self, step: Step, ways: Ways) -> Iterator[str]:
        """The conditions named are true, are one whole way in, and are met by what is said."""
        named = frozenset(each.feit for each in step.toelating)
        exempt = {f"vrijgesteld:{code}" for code in self._exempt(step)}
        if not named <= self.facts | exempt:
            yield "een voorwaarde is niet voldaan"
        if named not in ways:
            yield "de voorwaarden zijn geen toelating tot deze stap"
        for each in step.toelating:
            by = exempt if each.door == "vrijstelling" else closed(self.offer, self.sources.get(each.door, ()))
            if each.feit not in by:
                yield f"{each.feit} komt niet van {each.door}"

    def _exempt(self, step: Step) -> Iterator[str]:
        for exemption in self.question.leerling.vrijstellingen:
            if exemption.omvang == f"toelating:{step.programma}" and _holds(exemption, step.begin):
                yield step.programma

    def _proofs(self, step: Step, programme: Programme, end: Recognition) -> Iterator[str]:
        own = partly(programme, end) if step.soort == "gedeeltelijk" else awarded(self.offer, programme, end)
        said = {each.iri: tuple(each.feiten) for each in step.bewijzen}
        if said != own or len(said) != len(step.bewijzen):
            yield "de bewijzen zijn niet die van de erkenning"
        whole = step.soort == "opleiding"
        in_part = {each.iri: tuple(each.feiten) for each in step.deelbewijzen}
        if in_part != (on_the_way(self.offer, programme, end) if whole else {}) or len(in_part) != len(
            step.deelbewijzen
        ):
            yield "de bewijzen bij gedeeltelijk slagen zijn niet die van de erkenning"
        if sorted(step.enkel_competenties) != (sorted(end.partial) if whole else []):
            yield "waarvan enkel competenties bewezen worden, klopt niet"
        for each in (*step.bewijzen, *step.deelbewijzen):
            proof = end.proofs.get(each.iri)
            if proof and (each.naam != proof.name or each.soort not in proof.types):
                yield f"het bewijs {each.naam} heet anders in de graaf"
            code = self.offer.by_iri.get(each.iri, "")
            if not proof and (each.soort != "BewijsVanBeroepskwalificatie" or code not in each.naam):
                yield f"het bewijs {each.naam} heet anders in de graaf"

    def _hours(self, step: Step, programme: Programme, begin: Recognition) -> Iterator[str]:
        weeks = step.schooljaren * WEEKS
        at_work = programme.place.get("duaal") == "true" and step.soort != "aanloop"
        floor = min(begin.least or 0, HOURS) if at_work else 0
        own = (begin.least, begin.most, weeks * HOURS, weeks * (HOURS - floor), begin.contract)
        hours = step.uren
        said = (hours.werkplek_min, hours.werkplek_max, hours.contacturen, hours.buiten_werkvloer, step.contract)
        if own != said:
            yield "de uren of het contract kloppen niet"

    def _limits(self, step: Step, programme: Programme, begin: Recognition) -> Iterator[str]:
        yield from broken(self.question, programme, begin, step.soort, step.begin.year)
        if step.begin.year + step.schooljaren > last_year(self.question):
            yield "het eindigt later dan gevraagd"
        if {step.bekrachtigd_door, step.code} & set(self.question.wens.vermijd):
            yield "deze stap was te vermijden"

    def _ways(self, step: Step) -> Iterator[str]:
        wish = self.question.wens
        if (wish.wegen is not None and "evc" not in wish.wegen) or step.code in wish.vermijd:
            yield "deze weg was niet gevraagd"


def _holds(exemption: Exemption, day: date) -> bool:
    return exemption.vervalt is None or exemption.vervalt >= day
