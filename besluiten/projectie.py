"""Decisions as RDF: one named graph a deciding body, with PROV: what was done, when, and in which role.

The projection of a record is a pure function of the record, so what is rebuilt from the ledger has the same bytes.
Only what is, or once was, ratified is public; a draft stays within its sector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ..graph.names import NAMESPACE, Names, concept
from ..graph.statements import text
from ..graph.vocabulary import DCTERMS, LEER, PROV, RDF, SKOS, XSD
from . import soorten as s
from .grootboek import Grootboek
from .toestand import Stand, Stuk, onderwerp
from .wereld import Wereld

SEMAPV = "https://w3id.org/semapv/vocab/ManualMappingCuration"
_KLASSE: dict[type[s.Besluit], NamedNode] = {
    s.Haalbaarheidsbesluit: LEER.Haalbaarheidsbesluit,
    s.Werkplekaandeel: LEER.Werkplekaandeel,
    s.Activiteitenlijst: LEER.Activiteitenlijst,
    s.Vrijstellingsbesluit: LEER.Vrijstellingsbesluit,
    s.Overname: LEER.Overname,
    s.Keuze: LEER.Keuze,
    s.Mapping: LEER.Mapping,
    s.Mandaat: LEER.Mandaat,
    s.Trajectontwerp: LEER.Trajectontwerp,
}


def besluit_iri(names: Names, besluit: s.Besluit, kenmerk: str) -> NamedNode:
    """The IRI of a record; a mapping keeps the kind of IRI that bridges cite."""
    return names.iri("mapping" if isinstance(besluit, s.Mapping) else "besluit", kenmerk)


def instantie_iri(names: Names, instantie: s.Instantie) -> NamedNode:
    """The IRI of a body: of a sector and a paritair comité its concept, of a partnership one of ours.

    >>> instantie_iri(Names(), s.Instantie(s.Instantiesoort.SECTOR, "bouw")).value
    'https://w3id.org/leerbrug/codelijst/sector/bouw'
    """
    if instantie.soort is s.Instantiesoort.SECTORAAL_PARTNERSCHAP:
        return names.iri(instantie.soort.value, instantie.code)
    return concept(instantie.soort.value, instantie.code)


def gezegd(besluit: s.Besluit, kenmerk: str, names: Names, wereld: Wereld, mandaat: str = "") -> Iterator[Triple]:
    """What a record says, without its history."""
    node = besluit_iri(names, besluit, kenmerk)
    yield Triple(node, RDF.type, _KLASSE[type(besluit)])
    yield Triple(node, LEER.code, Literal(kenmerk))
    yield Triple(node, SKOS.prefLabel, text(_opschrift(besluit)))
    if isinstance(besluit, s.Mapping):
        yield from _mapping(node, besluit)
        return
    body = instantie_iri(names, besluit.instantie)
    yield Triple(node, LEER.genomenDoor, body)
    if besluit.instantie.soort is s.Instantiesoort.SECTORAAL_PARTNERSCHAP:
        yield Triple(body, RDF.type, LEER.SectoraalPartnerschap)
        yield Triple(body, SKOS.prefLabel, text(besluit.instantie.code))
    yield from _bereik(node, besluit.bereik, names, wereld)
    for predicate, value in ((LEER.reden, besluit.reden), (LEER.grondslag, besluit.grondslag)):
        if value:
            yield Triple(node, predicate, text(value))
    for predicate, day in ((LEER.begindatum, besluit.geldigheid.van), (LEER.einddatum, besluit.geldigheid.tot)):
        if day:
            yield Triple(node, predicate, Literal(day.isoformat(), datatype=XSD.date))
    if mandaat:
        yield Triple(node, LEER.steuntOpMandaat, names.iri("besluit", mandaat))
    if besluit.vervangt:
        yield Triple(node, DCTERMS.replaces, names.iri("besluit", besluit.vervangt))
    yield from _eigen(node, besluit, names, wereld)


def _opschrift(besluit: s.Besluit) -> str:
    oordeel = f": {besluit.haalbaarheid.value}" if isinstance(besluit, s.Haalbaarheidsbesluit) else ""
    return onderwerp(besluit) + oordeel


def _mapping(node: NamedNode, besluit: s.Mapping) -> Iterator[Triple]:
    base = NAMESPACE if besluit.predicaat == "deelVan" else "http://www.w3.org/2004/02/skos/core#"
    yield Triple(node, LEER.mappingSubject, NamedNode(besluit.van))
    yield Triple(node, LEER.mappingPredicaat, NamedNode(base + besluit.predicaat))
    yield Triple(node, LEER.mappingObject, NamedNode(besluit.naar))
    yield Triple(node, LEER.rechtvaardiging, NamedNode(SEMAPV))
    yield Triple(node, SKOS.note, text(besluit.reden))
    if besluit.ontkend:
        yield Triple(node, LEER.ontkend, Literal(True))


def _bereik(node: NamedNode, bereik: s.Bereik, names: Names, wereld: Wereld) -> Iterator[Triple]:
    if bereik.naam:
        yield Triple(node, LEER.naam, text(bereik.naam))
    if bereik.soort is s.Bereiksoort.PROGRAMMA:
        if bereik.programma:
            yield Triple(node, LEER.betreft, names.iri("structuuronderdeel", bereik.programma))
        return
    versie = versie_iri(bereik.versie, names)
    yield Triple(node, LEER.betreftVersie, versie)
    if bereik.soort is s.Bereiksoort.KWALIFICATIE:
        yield Triple(node, LEER.betreft, versie)
    for code in bereik.competenties:
        yield Triple(node, LEER.betreft, _competentie_iri(bereik.versie, code, names, wereld))


def versie_iri(code: str, names: Names) -> NamedNode:
    """The IRI of a BK version, or of a deelkwalificatie."""
    return names.iri("deelkwalificatie", code) if "-DBK-" in code else names.versie(code)


def _competentie_iri(versie: str, code: str, names: Names, wereld: Wereld) -> NamedNode:
    kwalificatie = wereld.catalogus.kwalificaties.get(versie)
    for competentie in kwalificatie.competenties if kwalificatie else ():
        if competentie.code == code:
            return NamedNode(competentie.iri)
    return names.iri("competentie", code)


def _eigen(node: NamedNode, besluit: s.Besluit, names: Names, wereld: Wereld) -> Iterator[Triple]:
    """What only its own kind of record says."""
    match besluit:
        case s.Haalbaarheidsbesluit():
            yield Triple(node, LEER.haalbaarheid, concept("haalbaarheid", besluit.haalbaarheid.value))
            yield from _voorwaarde(node, besluit.voorwaarde)
        case s.Werkplekaandeel():
            yield Triple(node, LEER.werkvloeraandeel, Literal(besluit.minimum))
            yield Triple(node, LEER.duaal, Literal(besluit.duaal))
        case s.Activiteitenlijst():
            yield from _activiteiten(node, besluit, names, wereld)
        case s.Vrijstellingsbesluit():
            yield Triple(node, LEER.vrijgesteldDoor, Literal(besluit.op_grond_van))
            yield Triple(node, LEER.ontkend, Literal(besluit.ontkend))
        case s.Overname():
            yield Triple(node, LEER.overgenomenVan, names.iri("besluit", besluit.overgenomen_van))
        case s.Keuze():
            yield from (Triple(node, LEER.keuzeTussen, names.iri("besluit", kenmerk)) for kenmerk in besluit.tussen)
            yield Triple(node, LEER.gekozen, names.iri("besluit", besluit.gekozen))
        case s.Mandaat():
            yield from (Triple(node, LEER.mandaatVoor, _van(code, names, wereld)) for code in besluit.reikwijdte)
            yield from (Triple(node, LEER.mandaatsoort, Literal(soort)) for soort in besluit.soorten)


def _voorwaarde(node: NamedNode, voorwaarde: s.Voorwaarde) -> Iterator[Triple]:
    yield from (Triple(node, LEER.contextvoorwaarde, text(context)) for context in voorwaarde.contexten)
    if voorwaarde.uitrusting:
        yield Triple(node, LEER.vereisteUitrusting, text(voorwaarde.uitrusting))
    if voorwaarde.eerst_attest:
        yield Triple(node, LEER.eerstAttest, text(voorwaarde.eerst_attest))
    if voorwaarde.vanaf_jaar is not None:
        yield Triple(node, LEER.vanafLeerjaar, Literal(voorwaarde.vanaf_jaar))
    if voorwaarde.aandeel is not None:
        yield Triple(node, LEER.werkvloeraandeel, Literal(voorwaarde.aandeel))


def _activiteiten(node: NamedNode, besluit: s.Activiteitenlijst, names: Names, wereld: Wereld) -> Iterator[Triple]:
    codes = {
        one.code: one.iri
        for kwalificatie in wereld.catalogus.kwalificaties.values()
        for one in kwalificatie.competenties
    }
    for number, activiteit in enumerate(besluit.activiteiten, 1):
        part = NamedNode(f"{node.value}/activiteit/{number}")
        yield Triple(node, LEER.gevraagdeActiviteit, part)
        yield Triple(part, SKOS.prefLabel, text(activiteit.tekst))
        for code in activiteit.competenties:
            yield Triple(part, LEER.maaktLeerbaar, NamedNode(codes.get(code) or names.iri("competentie", code).value))


def _van(code: str, names: Names, wereld: Wereld) -> NamedNode:
    """The IRI of what a mandate names: a programme, a version, a part, or a line."""
    if code in wereld.catalogus.programmas:
        return names.iri("structuuronderdeel", code)
    if code in wereld.catalogus.kwalificaties or "-DBK-" in code:
        return versie_iri(code, names)
    return names.iri("beroepskwalificatie", code)


def context(besluit: s.Besluit, wereld: Wereld) -> Iterator[Triple]:
    """What the shapes need beside the record: that what it names exists, and which competences the version has."""
    bereik = besluit.bereik
    if bereik.soort is s.Bereiksoort.PROGRAMMA:
        if programma := wereld.catalogus.programmas.get(bereik.programma):
            yield Triple(NamedNode(programma.iri), RDF.type, LEER.Structuuronderdeel)
    elif kwalificatie := wereld.catalogus.kwalificaties.get(bereik.versie):
        versie = NamedNode(kwalificatie.iri)
        kind = LEER.Deelkwalificatie if kwalificatie.deel_van else LEER.Beroepskwalificatieversie
        yield Triple(versie, RDF.type, kind)
        for competentie in kwalificatie.competenties:
            if competentie.code in bereik.competenties:
                yield Triple(versie, LEER.heeftCompetentie, NamedNode(competentie.iri))
                yield Triple(NamedNode(competentie.iri), RDF.type, LEER.Competentie)


def stuk_triples(stuk: Stuk, names: Names, wereld: Wereld) -> Iterator[Triple]:
    """A record with its state and its history."""
    node = besluit_iri(names, stuk.besluit, stuk.id)
    yield from gezegd(stuk.besluit, stuk.id, names, wereld, stuk.mandaat)
    if isinstance(stuk.besluit, s.Mapping):
        yield Triple(node, LEER.mappingAuteur, Literal(stuk.opsteller.naam))
        yield Triple(node, LEER.mappingDatum, Literal(stuk.dag.isoformat(), datatype=XSD.date))
    else:
        yield Triple(node, LEER.besluitstatus, concept("besluitstatus", stuk.toestand.value))
        yield Triple(node, LEER.opsteller, Literal(stuk.opsteller.naam))
        if stuk.bekrachtiger:
            yield Triple(node, LEER.bekrachtiger, Literal(stuk.bekrachtiger.naam))
    if stuk.uit:
        yield Triple(node, PROV.wasDerivedFrom, names.iri("besluit", stuk.uit))
    for stap in stuk.geschiedenis:
        deed = NamedNode(f"{node.value}/handeling/{stap.versie}")
        yield Triple(node, PROV.wasGeneratedBy, deed)
        yield Triple(deed, RDF.type, PROV.Activity)
        yield Triple(deed, LEER.handeling, Literal(stap.handeling))
        yield Triple(deed, PROV.endedAtTime, _moment(stap.tijdstip))
        yield Triple(deed, PROV.wasAssociatedWith, _rol(stap.wie, names))
        if stap.reden:
            yield Triple(deed, LEER.reden, text(stap.reden))


def _moment(tijdstip: str) -> Literal:
    """A moment in the canonical form of XSD, which stores give back: UTC as Z, no zeros at the end."""
    seconds = tijdstip.removesuffix("+00:00")
    return Literal((seconds.rstrip("0").rstrip(".") if "." in seconds else seconds) + "Z", datatype=XSD.dateTime)


def _rol(wie: s.Wie, names: Names) -> NamedNode:
    return names.iri("rol", *filter(None, (wie.rol.value, *wie.instantie.split("/"))))


def stuk_quads(stuk: Stuk, names: Names, wereld: Wereld) -> frozenset[Quad]:
    """What the public sees of a record: nothing before it was ratified."""
    if not stuk.ooit_bekrachtigd or isinstance(stuk.besluit, s.Trajectontwerp):
        return frozenset()
    graph = names.graph("besluiten", str(stuk.besluit.instantie).replace("/", "-"))
    if isinstance(stuk.besluit, s.Mapping) and stuk.toestand is not s.Toestand.BEKRACHTIGD:
        return frozenset()
    return frozenset(
        Quad(triple.subject, triple.predicate, triple.object, graph) for triple in stuk_triples(stuk, names, wereld)
    )


class Projectie:
    """The ledger as quads, and what changed since an entry.

    >>> Projectie(Grootboek.open("sqlite://"), Names(), lambda: None).quads()
    frozenset()
    """

    def __init__(self, grootboek: Grootboek, names: Names, wereld: Callable[[], Wereld]) -> None:
        self.grootboek, self.names, self.wereld = grootboek, names, wereld

    def quads(self) -> frozenset[Quad]:
        """Every public quad of the present state."""
        wereld = self.wereld()
        stukken = self.grootboek.lees(lambda stand: tuple(stand.stukken.values()))
        return frozenset(quad for stuk in stukken for quad in stuk_quads(stuk, self.names, wereld))

    def since(self, nummer: int) -> tuple[int, Sequence[Stuk]]:
        """The number of the last entry, and the records that were touched after that number, as they stand now."""
        geraakt = {regel.object for regel in self.grootboek.regels(nummer)}

        def nu(stand: Stand) -> tuple[int, Sequence[Stuk]]:
            return stand.nummer, [stuk for kenmerk, stuk in stand.stukken.items() if kenmerk in geraakt]

        antwoord: tuple[int, Sequence[Stuk]] = self.grootboek.lees(nu)
        return antwoord

    def dump(self) -> bytes:
        """The projection as sorted N-Quads: the same ledger gives the same bytes."""
        lines = (serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in self.quads())
        return b"".join(sorted(lines))
