"""Profiles of occupations read straight from a source folder: what its loader says of each, gathered by subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal

from ..errors import InputError
from ..graph.names import Names
from ..graph.statements import Statement
from ..graph.vocabulary import ESCO, LEER, RDF, SKOS
from ..loaders import SOURCES
from ..loaders.source import Source
from ..pathways.lexicaal import TALEN
from ..pathways.verwantschap import Profiel
from .progress import Watch

ITEMS = {
    LEER.heeftBasisactiviteit.value: 1.0,
    LEER.heeftSpecifiekeActiviteit.value: 0.5,
    LEER.heeftEssentieelItem.value: 1.0,
    LEER.heeftOptioneelItem.value: 0.5,
    LEER.heeftOpkomendItem.value: 0.5,
    LEER.heeftItem.value: 0.5,
    ESCO.hasEssentialSkill.value: 1.0,
    ESCO.hasOptionalSkill.value: 0.5,
    LEER.heeftCompetentie.value: 1.0,
}
"""What links an occupation to its items, with the weight of §2.9: essential 1, optional (or specific) 0.5."""

TEKSTEN = {LEER.definitie.value, SKOS.definition.value, SKOS.altLabel.value, LEER.synoniem.value}
BEROEPEN = {LEER.Beroep.value, LEER.Beroepscompetentieprofiel.value, ESCO.Occupation.value}
KWALIFICATIES = {LEER.Beroepskwalificatieversie.value}


def source(key: str) -> Source:
    """The source with that key. Raises InputError with the keys there are."""
    for item in SOURCES:
        if item.key == key:
            return item
    raise InputError(f"De bron {key!r} is onbekend.", remedy=f"Kies uit {', '.join(item.key for item in SOURCES)}.")


class _Gezegd:
    """What the statements say, by subject, as far as a profile needs it."""

    def __init__(self, taal: str) -> None:
        self._taal = taal
        self.soort: set[str] = set()
        self.code: dict[str, str] = {}
        self.label: dict[str, str] = {}
        self.teksten: dict[str, dict[str, None]] = {}
        self.items: dict[str, dict[str, float]] = {}
        self.namen: dict[str, list[str]] = {}

    def hoor(self, said: Statement) -> None:
        """Take one statement in."""
        subject, predicate, value = said.subject.value, said.predicate.value, said.object.value
        if said.predicate == RDF.type and value in BEROEPEN | KWALIFICATIES:
            self.soort.add(subject)
        elif said.predicate == LEER.code:
            self.code[subject] = value
        elif isinstance(said.object, Literal):
            self._hoor_tekst(subject, predicate, said.object)
        elif predicate in ITEMS:
            items = self.items.setdefault(subject, {})
            items[value] = max(items.get(value, 0.0), ITEMS[predicate])
        elif said.predicate == LEER.heeftBenaming:
            self.namen.setdefault(subject, []).append(value)

    def _hoor_tekst(self, subject: str, predicate: str, value: Literal) -> None:
        if value.language in (None, self._taal):
            if predicate == SKOS.prefLabel.value:
                self.label[subject] = value.value
            elif predicate in TEKSTEN:
                self.teksten.setdefault(subject, {})[value.value] = None

    def profielen(self) -> Iterator[Profiel]:
        """A profile for each occupation or qualification that has items or a text."""
        for iri in sorted(self.soort):
            items = self.items.get(iri, {})
            namen = [self.label[naam] for naam in self.namen.get(iri, ()) if naam in self.label]
            if (items or iri in self.teksten) and iri in self.label:
                yield Profiel(
                    code=self.code.get(iri) or iri.rpartition("/")[2],
                    naam=self.label[iri],
                    taal=self._taal,
                    tekst=" ".join((*self.teksten.get(iri, ()), *namen)),
                    items=items,
                    labels={item: self.label[item] for item in items if item in self.label},
                )


def taal_van(path: Path, anders: str) -> str:
    """The language that the name of a folder ends in, else the given one.

    >>> taal_van(Path("esco/v1.2.0-en"), "nl"), taal_van(Path("rome-v460"), "fr")
    ('en', 'fr')
    """
    einde = path.resolve().name.rpartition("-")[2]
    return einde if einde in TALEN else anders


def profielen_uit(bron: Source, path: Path, taal: str, watch: Watch) -> list[Profiel]:
    """The profiles of a source folder, in one language. Raises InputError when there is no folder or no profile."""
    if not path.exists():
        raise InputError("Dit pad bestaat niet.", place=str(path), remedy="Geef een bestaande map.")
    gezegd, names = _Gezegd(taal), Names()
    for edition in bron.editions(path):
        watch.step(f"Lezen van {edition.name}")
        for nummer, record in enumerate(bron.records(edition), start=1):
            if nummer % 500 == 0:
                watch.count(nummer, "records")
            for said in bron.said(record, names):
                if isinstance(said, Statement):
                    gezegd.hoor(said)
    profielen = list(gezegd.profielen())
    if not profielen:
        raise InputError("Hier staan geen beroepen of kwalificaties.", place=str(path), remedy="Kies een andere bron.")
    if len({profiel.code for profiel in profielen}) < len(profielen):
        raise InputError("Hier staat meer dan een uitgave.", place=str(path), remedy="Geef de map van een uitgave.")
    return profielen
