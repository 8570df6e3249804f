"""Every error that Leerbrug raises on purpose, drawn as a tree.

LeerbrugError
├── InputError                what a person gave is wrong: names the place and the remedy
│   ├── SourceError           a source file cannot be read as what it says it is
│   └── UnknownCodeError      a code that is not in this release
│       └── AmbiguousCodeError    a code that means more than one thing: names the candidates
├── ReleaseError              a release is missing, damaged or refused
├── StoreError                a store cannot be opened, or refused a query
│   ├── QueryTimeoutError     a query that did not end within its deadline
│   └── StoreFailedError      a store on another machine is not there, fails, or does not finish its answer
├── ReasonerError             the reasoner that proves the ontology cannot run
├── BesluitError              a decision that may not be written: `bevindingen` say which rule and what it met
│   ├── TegenspraakError      it overlaps or contradicts what stands: `stukken` are the ids of those
│   ├── BevoegdheidError      no mandate or token covers it
│   │   └── AanmeldError      nobody is known to ask: a token is missing or no longer holds
│   ├── ToestandError         this step may not follow on the state that the record is in
│   └── VersieError           the record was changed since it was read
│       └── OngelezenError    it was not said which version was read
├── IdentiteitsbronError      the identity provider does not answer as it should
├── GrootboekError            the ledger is not what was written: names the first entry that differs
└── EvidenceError             an answer whose evidence does not hold
"""

from __future__ import annotations

from collections.abc import Sequence


class LeerbrugError(Exception):
    """The root: everything below is meant for a person and says what to do.

    >>> str(LeerbrugError("Het bestand ontbreekt.", remedy="Geef een bestaand pad."))
    'Het bestand ontbreekt. Geef een bestaand pad.'
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message, self.place, self.remedy = message, place, remedy
        super().__init__(" ".join(part for part in (f"{place}:" if place else "", message, remedy) if part))


class InputError(LeerbrugError):
    """What a person gave is wrong."""


class SourceError(InputError):
    """A source file cannot be read as what it says it is."""


class UnknownCodeError(InputError):
    """A code that is not in this release."""


class AmbiguousCodeError(UnknownCodeError):
    """A code that means more than one thing; `candidates` are the codes to choose from."""

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message, remedy="Kies er een: " + ", ".join(candidates) + ".")


class ReleaseError(LeerbrugError):
    """A release is missing, damaged or refused."""


class StoreError(LeerbrugError):
    """A store cannot be opened, or refused a query."""


class QueryTimeoutError(StoreError):
    """A query that did not end within its deadline."""


class StoreFailedError(StoreError):
    """A store on another machine that is not there, fails, or does not finish its answer: ask again later."""


class ReasonerError(LeerbrugError):
    """The reasoner that proves the ontology cannot run."""


class EvidenceError(LeerbrugError):
    """An answer whose evidence does not hold."""


class BesluitError(LeerbrugError):
    """A decision that may not be written; `bevindingen` are sentences, one for each rule that it breaks."""

    def __init__(self, message: str, *, remedy: str = "", bevindingen: Sequence[str] = ()) -> None:
        self.bevindingen = tuple(bevindingen)
        super().__init__(message, remedy=remedy)


class TegenspraakError(BesluitError):
    """It overlaps or contradicts what stands; `stukken` are the ids of those decisions."""

    def __init__(self, message: str, *, stukken: Sequence[str], bevindingen: Sequence[str]) -> None:
        self.stukken = tuple(stukken)
        super().__init__(message, remedy="Vervang het andere besluit of beperk het bereik.", bevindingen=bevindingen)


class BevoegdheidError(BesluitError):
    """No mandate or token covers what is asked."""


class AanmeldError(BevoegdheidError):
    """Nobody is known to ask: a token is missing, or it no longer holds."""


class ToestandError(BesluitError):
    """A step that may not follow on the state that the record is in."""


class VersieError(BesluitError):
    """The record was changed since it was read."""


class OngelezenError(VersieError):
    """It was not said which version of the record was read."""


class IdentiteitsbronError(LeerbrugError):
    """The identity provider that signs tokens cannot be reached, or does not answer as it should."""


class GrootboekError(LeerbrugError):
    """The ledger is not what was written."""
