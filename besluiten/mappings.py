"""Mapping decisions as an append-only SSSOM table beside the releases: what a person decided on two items, and why."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InputError
from ..graph.catalogus import Mappingbesluit
from ..graph.names import Names, digest
from ..graph.releases import Releases
from .grootboek import Grootboek
from .soorten import Mapping, Toestand
from .toestand import Stand

BESTAND = "mappings.sssom.tsv"
GROOTBOEK = "besluiten.sqlite"
PREDICATEN = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "deelVan")
_KOLOMMEN = (
    "mapping_id",
    "subject_id",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
)
_HANDMATIG = "semapv:ManualMappingCuration"
_KOP = (
    "#curie_map:",
    "#  skos: http://www.w3.org/2004/02/skos/core#",
    "#  leer: https://w3id.org/leerbrug/ns#",
    "#  semapv: https://w3id.org/semapv/vocab/",
    "#license: https://w3id.org/sssom/license/unspecified",
)


@dataclass(frozen=True, slots=True)
class Besluit:
    """What a person decides: that `van` and `naar` (IRIs of competences) are so related, or that they are not."""

    van: str
    predicaat: str
    naar: str
    auteur: str
    datum: date
    rechtvaardiging: str
    ontkend: bool = False


def neem_besluit(folder: Path, besluit: Besluit, names: Names) -> Mappingbesluit:
    """Write a decision to the table of a folder of releases; nothing written before is changed.

    Raises InputError for an unknown predicate, a missing author or justification, or an item related to itself.
    """
    _keur(besluit)
    folder.mkdir(parents=True, exist_ok=True)
    inhoud = (besluit.van, besluit.predicaat, besluit.naar, besluit.auteur, besluit.datum.isoformat())
    iri = names.iri("mapping", digest(*inhoud, besluit.rechtvaardiging, str(besluit.ontkend))).value
    rij = _als_rij(iri, besluit)
    path = folder / BESTAND
    with path.open("a", encoding="utf-8", newline="") as stream:
        if stream.tell() == 0:
            stream.write("\n".join((*_KOP, "\t".join(_KOLOMMEN))) + "\n")
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerow(rij)
        stream.flush()
        os.fsync(stream.fileno())
    return _mappingbesluit(dict(zip(_KOLOMMEN, rij, strict=True)))


def _keur(besluit: Besluit) -> None:
    if besluit.predicaat not in PREDICATEN:
        raise InputError(
            f"{besluit.predicaat!r} is geen predicaat van een mapping.", remedy=f"Kies uit {', '.join(PREDICATEN)}."
        )
    if not besluit.auteur.strip() or not besluit.rechtvaardiging.strip():
        raise InputError("Een besluit heeft een auteur en een rechtvaardiging.", remedy="Geef beide.")
    if besluit.van == besluit.naar:
        raise InputError("Een besluit gaat over twee verschillende items.", remedy="Controleer de codes.")


def _als_rij(iri: str, besluit: Besluit) -> tuple[str, ...]:
    predicaat = f"leer:{besluit.predicaat}" if besluit.predicaat == "deelVan" else f"skos:{besluit.predicaat}"
    return (
        iri,
        besluit.van,
        "Not" if besluit.ontkend else "",
        predicaat,
        besluit.naar,
        _HANDMATIG,
        besluit.auteur,
        besluit.datum.isoformat(),
        " ".join(besluit.rechtvaardiging.split()),
    )


def _mappingbesluit(rij: dict[str, str]) -> Mappingbesluit:
    return Mappingbesluit(
        iri=rij["mapping_id"],
        van=rij["subject_id"],
        predicaat=rij["predicate_id"].partition(":")[2],
        naar=rij["object_id"],
        auteur=rij["author_label"],
        datum=date.fromisoformat(rij["mapping_date"]),
        rechtvaardiging=rij["comment"],
        ontkend=rij["predicate_modifier"] == "Not",
    )


def besluiten(folder: Path) -> Iterator[Mappingbesluit]:
    """Every decision of a folder of releases: those of the table, then those of the ledger beside it.

    Raises InputError that names the row where the table was damaged.
    """
    yield from _uit_tabel(folder)
    if (folder / GROOTBOEK).exists():
        boek = Grootboek.open(f"sqlite:///{(folder / GROOTBOEK).resolve()}")
        names = Names(Releases(folder).current().manifest.base)
        yield from boek.lees(lambda stand: list(uit_grootboek(stand, names)))
        boek.close()


def uit_grootboek(stand: Stand, names: Names) -> Iterator[Mappingbesluit]:
    """The mapping decisions of the ledger that stand, in order of id."""
    for kenmerk, stuk in sorted(stand.stukken.items()):
        gezegd = stuk.besluit
        if isinstance(gezegd, Mapping) and stuk.toestand is Toestand.BEKRACHTIGD:
            yield Mappingbesluit(
                iri=names.iri("mapping", kenmerk).value,
                van=gezegd.van,
                predicaat=gezegd.predicaat,
                naar=gezegd.naar,
                auteur=stuk.opsteller.naam,
                datum=gezegd.geldigheid.van,
                rechtvaardiging=gezegd.reden,
                ontkend=gezegd.ontkend,
            )


def _uit_tabel(folder: Path) -> Iterator[Mappingbesluit]:
    path = folder / BESTAND
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        regels = (regel for regel in stream if not regel.startswith("#"))
        for nummer, rij in enumerate(csv.DictReader(regels, delimiter="\t"), start=1):
            try:
                yield _mappingbesluit(rij)
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                raise InputError(
                    "Deze rij is geen besluit.", place=f"{path.name}, besluit {nummer}", remedy="Herstel de tabel."
                ) from error
