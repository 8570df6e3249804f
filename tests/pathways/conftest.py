"""The real qualifications as a Catalogus, read here from the raw JSON so that these tests need no built release."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from leerbrug.graph.catalogus import (
    Catalogus,
    Competentie,
    Contexten,
    Erkenning,
    Geldigheid,
    Instap,
    Kennisitem,
    Kwalificatie,
    Kwalificatiesoort,
    Programma,
    Studiebewijs,
)
from leerbrug.graph.names import DEFAULT_BASE, Names

NAMES = Names()
DIEPTE = {"Basiskennis": 1, "Kennis": 2, "Grondige kennis": 3}
BEWIJSSOORT = {
    "Bewijs van beroepskwalificatie": "BewijsVanBeroepskwalificatie",
    "Bewijs van deelkwalificatie": "BewijsVanDeelkwalificatie",
    "Bewijs van competenties": "BewijsVanCompetenties",
}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _referentie(raw: str) -> str:
    ref = re.sub(r"\s+", " ", raw).strip()
    if ref == "-c":
        return ""
    if re.fullmatch(r"\d+|(?:SK|KN)-\d+", ref):
        return ref + "-c"
    if match := re.fullmatch(r"co ?(\d+)", ref):
        return f"co {match[1].zfill(5)}"
    return ref


def _competentie(row: dict[str, Any]) -> Competentie:
    code = row["competentie_code"]
    refs = dict.fromkeys(_referentie(r["referentie_nr"]) for r in row.get("referenties", []))
    kennis = tuple(
        Kennisitem(NAMES.iri("kennis", f"{code}-{n}").value, item["waarde"], DIEPTE.get(item.get("kennis_type", ""), 0))
        for n, item in enumerate(row.get("kennis", []), start=1)
    )
    iri = NAMES.iri("competentie", code).value
    return Competentie(iri, code, row["nr"], row["waarde"], tuple(ref for ref in refs if ref), kennis)


def _kwalificaties(folder: Path) -> Iterator[Kwalificatie]:
    nieuwste = {
        row["beroepskwalificatie_nr"]: row["laatst_erkende_versie"]["versie_nr_lang"]
        for row in _rows(folder / "beroepskwalificatie-lijst.jsonl.gz")
    }
    for row in _rows(folder / "beroepskwalificatie.jsonl.gz"):
        bk = row["beroepskwalificatie"]
        code = bk["versie_nr_lang"]
        reeks = code.rpartition("-")[0]
        delen = tuple(deel["deelkwalificatie_nr_lang"] for deel in bk.get("deelkwalificaties", []))
        yield Kwalificatie(
            iri=NAMES.versie(code).value,
            code=code,
            soort=Kwalificatiesoort.BEROEPSKWALIFICATIE,
            naam={"nl": bk["titel"]},
            reeks=reeks,
            versie=bk["versie_nr_kort"],
            nieuwste=nieuwste.get(reeks, code),
            niveau=bk["vks_niveau"],
            geldigheid=Geldigheid(date.fromisoformat(bk["erkenningsdatum"]) if bk.get("erkenningsdatum") else None),
            competenties=tuple(_competentie(row) for row in bk["competenties"]),
            volledig_geladen=True,
            deelkwalificaties=delen,
            attesten=tuple(attest["omschrijving"] for attest in bk.get("attesten", [])),
            synoniemen=tuple(s["waarde"] for s in bk.get("synoniemen", [])),
        )
        for deel in bk.get("deelkwalificaties", []):
            kort = deel["deelkwalificatie_nr_lang"]
            iri = NAMES.iri("deelkwalificatie", kort).value
            yield Kwalificatie(iri, kort, Kwalificatiesoort.DEELKWALIFICATIE, {"nl": deel["titel"]}, deel_van=code)


def _enkel_in_de_lijst(folder: Path) -> Iterator[Kwalificatie]:
    for row in _rows(folder / "beroepskwalificatie-lijst.jsonl.gz"):
        for versie in row["versies"]:
            code = versie["versie_nr_lang"]
            yield Kwalificatie(
                iri=NAMES.versie(code).value,
                code=code,
                soort=Kwalificatiesoort.BEROEPSKWALIFICATIE,
                naam={"nl": versie["titel"]},
                reeks=row["beroepskwalificatie_nr"],
                nieuwste=row["laatst_erkende_versie"]["versie_nr_lang"],
            )


def _dag(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _bewijs(code: str, row: dict[str, Any]) -> Studiebewijs:
    naam = row["uitgebreide_naam"]
    soort = BEWIJSSOORT.get(
        row.get("led_bewijstype", ""), "Diploma" if row["categorie"] == "Diploma" else "Getuigschrift"
    )
    van = row.get("beroepskwalificatie", {}).get("versie_nr_lang") or row.get("deelkwalificatie", {}).get(
        "deelkwalificatie_nr_lang", ""
    )
    return Studiebewijs(
        NAMES.iri("studiebewijs", code, naam).value, naam, soort, row["maximale_studiebekrachtiging"], van
    )


def _instap(code: str, row: dict[str, Any] | None, reeksen: dict[str, str]) -> Instap | None:
    if not row:
        return None
    bewijzen, onbekend = [], []
    for bewijs in row.get("bewijs", {}).get("bewijzen", []):
        naam = bewijs["uitgebreide_naam"].removeprefix("Bewijs van beroepskwalificatie ")
        (bewijzen.append(reeksen[naam]) if naam in reeksen else onbekend.append(naam))
    certificaten = tuple(c["naam"] for c in row.get("certificaat", {}).get("certificaten", []))
    regel = row.get("bewijs", {}).get("code", "GEEN_BEWIJS")
    iri = NAMES.iri("flexibele-instap", code).value
    return Instap(iri, regel, tuple(bewijzen), tuple(onbekend), certificaten)


def _erkenning(row: dict[str, Any], programma: str, reeksen: dict[str, str]) -> Erkenning:
    code = row["structuuronderdeel_detail_nummer"]
    bevat = [(bk["versie_nr_lang"], bk.get("volledigheid")) for bk in row.get("beroepskwalificaties", [])]
    contexten = row.get("verplichte_contexten")
    return Erkenning(
        iri=NAMES.iri("erkenning", code).value,
        code=code,
        versie=row["structuuronderdeel_detail_versie"],
        programma=programma,
        status=row["status"]["code"],
        geldigheid=Geldigheid(_dag(row.get("begindatum")), _dag(row.get("einddatum"))),
        volledig=tuple(bk for bk, hoe in bevat if hoe == "Volledig"),
        gedeeltelijk=tuple(bk for bk, hoe in bevat if hoe == "Gedeeltelijk"),
        studiebewijzen=tuple(_bewijs(code, bewijs) for bewijs in row.get("studiebekrachtigingen", [])),
        instap=_instap(code, row.get("flexibele_instap"), reeksen),
        contexten=Contexten(contexten["code"], contexten["aantal"], tuple(c["naam"] for c in contexten["contexten"]))
        if contexten
        else None,
    )


def _programmas(folder: Path, reeksen: dict[str, str]) -> Iterator[tuple[Programma, list[Erkenning]]]:
    for row in _rows(folder / "structuuronderdeel.jsonl.gz"):
        code = str(row["structuuronderdeel_nummer"])
        groep = row["structuuronderdeel_groep"]
        erkenningen = [_erkenning(detail, code, reeksen) for detail in row.get("structuuronderdeel_details", [])]
        erkenningen.sort(key=lambda erkenning: erkenning.versie)
        programma = Programma(
            iri=NAMES.iri("structuuronderdeel", code).value,
            code=code,
            titel=row["titel"],
            groep=groep["structuuronderdeel_groep_nummer"],
            graad=groep.get("graad", {}).get("code", ""),
            finaliteit=groep.get("finaliteit", {}).get("code", ""),
            onderwijsvorm=row.get("onderwijsvorm", {}).get("code", ""),
            opleidingsvorm="",
            studiedomein=row.get("studiedomein", {}).get("code", ""),
            zevende="",
            duaal=bool(row.get("duaal")),
            aanloop=bool(row.get("aanloop")),
            leerjaren=len(row.get("leerjaren", [])),
            geldigheid=Geldigheid(_dag(row.get("begindatum")), _dag(row.get("einddatum"))),
            erkenningen=tuple(erkenning.code for erkenning in erkenningen),
        )
        yield programma, erkenningen


@pytest.fixture(scope="session")
def catalogus(real_data: Path) -> Catalogus:
    folder = real_data / "flanders-vks" / "api"
    kwalificaties = {k.code: k for k in _enkel_in_de_lijst(folder)} | {k.code: k for k in _kwalificaties(folder)}
    reeksen = {
        row["versies"][0]["titel"]: row["beroepskwalificatie_nr"]
        for row in _rows(folder / "beroepskwalificatie-lijst.jsonl.gz")
    }
    programmas, erkenningen = {}, {}
    for programma, eigen in _programmas(folder, reeksen):
        programmas[programma.code] = programma
        erkenningen |= {erkenning.code: erkenning for erkenning in eigen}
    return Catalogus(1, DEFAULT_BASE, kwalificaties, programmas, erkenningen)
