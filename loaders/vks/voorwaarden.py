"""What a recognition asks: the contract and its hours, flexible entry, obligatory contexts, admission conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Severity, Statement
from ...graph.vocabulary import LEER
from .codes import CONTEXTREGEL, CONTRACTSOORT, INSTAPREGEL, UREN, WERKPLEK
from .programmas import Bewijs, Detail, Overeenkomst
from .speaking import Speaker, Veld, words
from .wording import slug

UREN_IN_TEKST = re.compile(r"minstens (\d{1,2}) en maximaal (\d{1,2}) opleidingsuren per week")
"""Hours that a description states; read only where they stand there once."""

CONTRACT: tuple[Veld, ...] = (
    ("werkplekcomponent_type", LEER.werkplekcomponent, WERKPLEK),
    ("maribel", LEER.maribel, Literal),
)


def zeg_contract(erkenning: NamedNode, detail: Detail, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the contract of a dual programme (decreet 10-06-2016): its kind, its workplace component and its hours."""
    contract, spot = detail.arbeidsovereenkomst, f"{at}/arbeidsovereenkomst"
    if contract is None:
        return
    code = detail.structuuronderdeel_detail_nummer
    node = speaker.names.iri("arbeidsovereenkomst", code)
    yield Statement(erkenning, LEER.contract, node, spot)
    yield from speaker.thing(node, LEER.Arbeidsovereenkomst, code, spot)
    soort = contract.soort_arbeidsovereenkomst
    yield from speaker.label(node, (soort and soort.naam) or "Overeenkomst", f"{spot}/soort_arbeidsovereenkomst/naam")
    if soort is not None:
        yield from speaker.concept(
            node, LEER.contractsoort, CONTRACTSOORT, soort.code, f"{spot}/soort_arbeidsovereenkomst/code"
        )
    yield from speaker.fields(node, contract, CONTRACT, spot)
    yield from speaker.running(node, LEER.omschrijving, contract.omschrijving, f"{spot}/omschrijving")
    yield from _hours(node, contract, speaker, spot)


def _hours(node: NamedNode, contract: Overeenkomst, speaker: Speaker, at: str) -> Iterator[Said]:
    component = WERKPLEK.term(contract.werkplekcomponent_type or "")
    hours = UREN.get(component.value.rpartition("/")[2]) if component is not None else None
    spot = f"{at}/werkplekcomponent_type"
    if hours is None:
        found = UREN_IN_TEKST.findall(contract.omschrijving or "")
        spot = f"{at}/omschrijving"
        if len(found) != 1:
            nl = f"{contract.werkplekcomponent_type}: het aantal uren staat niet ondubbelzinnig in de omschrijving."
            en = f"{contract.werkplekcomponent_type}: the description does not state the hours unambiguously."
            yield speaker.finding("uren-onbekend", spot, nl, en, node, contract.werkplekcomponent_type or "")
            return
        hours = (int(found[0][0]), int(found[0][1]))
        nl = f"De uren ({hours[0]}-{hours[1]} per week) zijn in de omschrijving gelezen."
        en = f"The hours ({hours[0]}-{hours[1]} a week) were read in the description."
        yield speaker.finding("uren-in-tekst", spot, nl, en, node, f"{hours[0]}-{hours[1]}", Severity.INFO)
    for predicate, value in zip((LEER.urenMin, LEER.urenMax), hours, strict=True):
        if value is not None:
            yield Statement(node, predicate, Literal(value), spot)


def zeg_instap(erkenning: NamedNode, detail: Detail, titel: str, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say flexible entry: by one of or all of the proofs, or by one certificate of the former system."""
    instap, spot = detail.flexibele_instap, f"{at}/flexibele_instap"
    if instap is None:
        return
    code = detail.structuuronderdeel_detail_nummer
    node = speaker.names.iri("flexibele-instap", code)
    yield Statement(erkenning, LEER.flexibeleInstap, node, spot)
    yield from speaker.thing(node, LEER.FlexibeleInstap, code, spot)
    yield from speaker.derived(node, f"Flexibele instap in {titel}", spot)
    if instap.bewijs is not None:
        yield from speaker.concept(node, LEER.instapregel, INSTAPREGEL, instap.bewijs.code, f"{spot}/bewijs/code")
        yield from speaker.running(node, LEER.omschrijving, instap.bewijs.titel, f"{spot}/bewijs/titel")
        for number, bewijs in enumerate(instap.bewijs.bewijzen):
            yield from _by_proof(node, bewijs, speaker, f"{spot}/bewijs/bewijzen/{number}")
    if instap.certificaat is not None:
        yield from speaker.running(node, LEER.omschrijving, instap.certificaat.titel, f"{spot}/certificaat/titel")
        if instap.certificaat.via_certificaat is not None:
            value = Literal(instap.certificaat.via_certificaat)
            yield Statement(node, LEER.viaCertificaatMogelijk, value, f"{spot}/certificaat/via_certificaat")
        for number, certificaat in enumerate(instap.certificaat.certificaten):
            yield from _by_certificate(node, certificaat, speaker, f"{spot}/certificaat/certificaten/{number}")


def _by_proof(node: NamedNode, bewijs: Bewijs, speaker: Speaker, at: str) -> Iterator[Said]:
    """The proof as the source names it, and what it proves where its title means exactly one qualification."""
    yield Statement(node, LEER.viaBewijstekst, Literal(bewijs.uitgebreide_naam), at)
    codes = speaker.titels.proven(bewijs.naam, bewijs.uitgebreide_naam)
    if len(codes) == 1:
        (code,) = codes
        concept = "deelkwalificatie" if "-DBK-" in code else "beroepskwalificatie"
        yield Statement(node, LEER.viaBewijs, speaker.names.iri(concept, code), at)
    else:
        many = ", ".join(sorted(codes)) or "geen"
        nl = f"{bewijs.uitgebreide_naam!r} wijst niet op precies een kwalificatie ({many}): enkel de tekst is bewaard."
        en = f"{bewijs.uitgebreide_naam!r} does not mean exactly one qualification ({many}): only the text is kept."
        yield Statement(node, LEER.viaOnbekendBewijs, Literal(bewijs.uitgebreide_naam), at)
        yield speaker.finding("bewijs-niet-gevonden", at, nl, en, node, bewijs.uitgebreide_naam)


def _by_certificate(node: NamedNode, certificaat: Bewijs, speaker: Speaker, at: str) -> Iterator[Said]:
    (code,) = slug(certificaat.naam or certificaat.uitgebreide_naam)
    former = speaker.names.iri("certificaat", code)
    yield Statement(node, LEER.viaCertificaat, former, at)
    yield from speaker.thing(former, LEER.Certificaat, code, at)
    yield from speaker.title(former, certificaat.uitgebreide_naam, at)
    if certificaat.naam:
        yield Statement(former, LEER.naam, words(certificaat.naam), at)


def zeg_contexten(erkenning: NamedNode, detail: Detail, titel: str, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the obligatory contexts: how many, exactly or at least, of which names."""
    contexten, spot = detail.verplichte_contexten, f"{at}/verplichte_contexten"
    if contexten is None:
        return
    code = detail.structuuronderdeel_detail_nummer
    node = speaker.names.iri("verplichte-contexten", code)
    yield Statement(erkenning, LEER.verplichteContexten, node, spot)
    yield from speaker.thing(node, LEER.VerplichteContexten, code, spot)
    yield from speaker.derived(node, f"Verplichte contexten van {titel}", spot)
    yield from speaker.concept(node, LEER.contextregel, CONTEXTREGEL, contexten.code, f"{spot}/code")
    yield from speaker.fields(node, contexten, (("aantal", LEER.aantal, Literal),), spot)
    yield from speaker.running(node, LEER.omschrijving, contexten.titel, f"{spot}/titel")
    for number, context in enumerate(contexten.contexten):
        yield Statement(node, LEER.contextnaam, Literal(context.naam.strip()), f"{spot}/contexten/{number}")


def zeg_toelating(erkenning: NamedNode, detail: Detail, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say the admission conditions that come on top of the legal ones."""
    for number, voorwaarde in enumerate(detail.bijkomende_toelatingsvoorwaarden):
        spot = f"{at}/bijkomende_toelatingsvoorwaarden/{number}"
        code = f"{detail.structuuronderdeel_detail_nummer}-{number + 1}"
        node = speaker.names.iri("toelatingsvoorwaarde", code)
        yield Statement(erkenning, LEER.toelatingsvoorwaarde, node, spot)
        yield from speaker.thing(node, LEER.Toelatingsvoorwaarde, code, spot)
        yield from speaker.derived(node, f"Toelatingsvoorwaarde {code}", spot)
        yield from speaker.running(node, LEER.omschrijving, voorwaarde.omschrijving, spot)
