"""The JSON Schemas of answers that are neither an item nor a thing of the graph."""

from __future__ import annotations

from typing import Any


def _object(required: str, /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split()}


def _many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


TEXT, NUMBER, YES = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ANY: dict[str, Any] = {}
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}
MAYBE = {"type": ["string", "null"]}

ISSUE = _object("in name value detail", **{"in": TEXT}, name=TEXT, value=MAYBE, detail=TEXT)
COVERAGE = _object(
    "gedekt te_bevestigen deels ontbreekt onvergelijkbaar van",
    gedekt=NUMBER,
    te_bevestigen=NUMBER,
    deels=NUMBER,
    ontbreekt=NUMBER,
    onvergelijkbaar=NUMBER,
    van=NUMBER,
)
VERDICT = {"type": "string", "enum": ["gedekt", "te_bevestigen", "deels", "ontbreekt", "onvergelijkbaar"]}
JUDGED = _object("id code verdict evidence", id=TEXT, code=TEXT, tekst=TEXT, verdict=VERDICT, evidence=_many(ANY))
FINDING = _object(
    "ernst regel detail",
    bestand=MAYBE,
    plaats=MAYBE,
    blad=MAYBE,
    cel=MAYBE,
    ernst=TEXT,
    regel=TEXT,
    onderwerp=MAYBE,
    detail=TEXTS,
    waarde=MAYBE,
    voorstel=ANY,
)
WIE = _object("rol naam instantie", rol=TEXT, naam=TEXT, instantie=TEXT)
CLOSING_ITEM = _object(
    "id code naam soort fase evc dubbel brengt feiten",
    id=TEXT,
    code=TEXT,
    naam=TEXTS,
    soort=TEXT,
    fase=TEXT,
    evc=YES,
    dubbel=NUMBER,
    uren=NUMBER,
    instrument=TEXT,
    brengt=_many(JUDGED),
    feiten=_many(ANY),
)
CLOSING = _object(
    "nr kosten ondergrens optimaal methode aantal dubbel items",
    nr=NUMBER,
    kosten=NUMBER,
    ondergrens=NUMBER,
    optimaal=YES,
    methode=TEXT,
    aantal=NUMBER,
    dubbel=NUMBER,
    uren=NUMBER,
    items=_many(CLOSING_ITEM),
)
LEFT = _object("id nr code tekst verdict", id=TEXT, nr=NUMBER, code=TEXT, tekst=TEXT, verdict=VERDICT)
STONE = _object("nr code winst naar_steen naar_doel", nr=NUMBER, code=TEXT, winst=NUMBER, naar_steen=ANY, naar_doel=ANY)

SCHEMAS: dict[str, dict[str, Any]] = {
    "Problem": _object(
        "type title status detail instance",
        type=TEXT,
        href=TEXT,
        title=TEXT,
        status=NUMBER,
        detail=TEXT,
        instance=TEXT,
        issues=_many(ISSUE),
    ),
    "Verzameling": _object(
        "self items page pageSize release",
        self=TEXT,
        items=_many(ANY),
        page=NUMBER,
        pageSize=NUMBER,
        first=TEXT,
        prev=TEXT,
        next=TEXT,
        last=TEXT,
        total=NUMBER,
        release=NUMBER,
        facetten={"type": "object", "additionalProperties": COUNTS},
        van=TEXT,
        naar=TEXT,
        aantallen=COUNTS,
    ),
    "Suggesties": _object(
        "self items release", self=TEXT, items=_many({"$ref": "#/components/schemas/Treffer"}), release=NUMBER
    ),
    "Leertrajecten": {
        "anyOf": [
            _object("id type release leertrajecten", id=TEXT, type=TEXT, release=NUMBER, leertrajecten=_many(ANY)),
            _object("@context @graph", **{"@context": ANY, "@graph": _many(ANY)}),
            _object("self items sjabloon release", self=TEXT, items=_many(ANY), sjabloon=TEXT, release=NUMBER),
        ]
    },
    "Vragen": _object("self items release", self=TEXT, items=_many(ANY), release=NUMBER),
    "Vraagantwoord": _object(
        "vraag titel parameters kolommen aantal rijen release",
        vraag=TEXT,
        titel=ANY,
        parameters={"type": "object", "additionalProperties": TEXT},
        kolommen=ANY,
        aantal=NUMBER,
        rijen=_many({"type": "object"}),
        release=NUMBER,
    ),
    "Brug": {
        "anyOf": [
            _object(
                "@context id van naar release regelset datum dekking competenties",
                **{"@context": ANY},
                id=TEXT,
                type=TEXT,
                van=_many(ANY),
                naar=ANY,
                release=NUMBER,
                regelset=TEXT,
                datum=TEXT,
                dekking=COVERAGE,
                interval=_object("bewezen mogelijk", bewezen=NUMBER, mogelijk=NUMBER),
                competenties=_many(JUDGED),
                zijden=_many(ANY),
                terug=_many(ANY),
            ),
            _object("self items sjabloon", self=TEXT, items=_many(ANY), sjabloon=TEXT, release=NUMBER),
        ]
    },
    "Bewijs": _object(
        "id release regelset datum competenties",
        id=TEXT,
        release=NUMBER,
        regelset=TEXT,
        datum=TEXT,
        competenties=_many(JUDGED),
    ),
    "Kloof": _object(
        "id release regelset datum criterium manieren kandidaten volledig resterend sluitingen zekerheid "
        "alleen_samen niet_te_sluiten brug",
        id=TEXT,
        type=TEXT,
        release=NUMBER,
        graaf=TEXT,
        regelset=TEXT,
        datum=TEXT,
        criterium=TEXT,
        manieren=NUMBER,
        bekende_uren=_many(_object("code uren", code=TEXT, uren=NUMBER)),
        kandidaten=NUMBER,
        volledig=YES,
        resterend=_many(TEXT),
        sluitingen=_many(CLOSING),
        zekerheid=_object(
            "prijzen_samen prijzen",
            prijzen_samen=NUMBER,
            prijzen=_many(_object("id prijs", id=TEXT, prijs=NUMBER)),
        ),
        alleen_samen=_many(LEFT),
        niet_te_sluiten=_many(LEFT),
        brug=ANY,
        grootboek=ANY,
    ),
    "Keten": _object(
        "id release regelset datum vertrek stappen",
        id=TEXT,
        type=TEXT,
        release=NUMBER,
        graaf=TEXT,
        regelset=TEXT,
        datum=TEXT,
        vertrek=ANY,
        stappen=_many(STONE),
        grootboek=ANY,
    ),
    "Impact": _object(
        "van naar aantallen geraakt release",
        van=TEXT,
        naar=TEXT,
        aantallen=COUNTS,
        geraakt={"type": "object", "additionalProperties": _many(TEXT)},
        release=NUMBER,
    ),
    "Release": _object(
        "href id nummer triples sha256 tijdstip bronnen",
        href=TEXT,
        id=TEXT,
        nummer=NUMBER,
        triples=NUMBER,
        sha256=TEXT,
        tijdstip=TEXT,
        graven=COUNTS,
        klassen=COUNTS,
        bronnen=_many(ANY),
        downloads=TEXT,
        release=NUMBER,
    ),
    "Downloads": _object(
        "self items release",
        self=TEXT,
        items=_many(_object("href naam grootte sha256", href=TEXT, naam=TEXT, grootte=NUMBER, sha256=TEXT)),
        release=NUMBER,
    ),
    "Verslag": _object(
        "tellingen bevindingen geslaagd",
        tellingen=COUNTS,
        bevindingen=_many(FINDING),
        geslaagd=_many(_object("vorm bekeken goed", vorm=TEXT, bekeken=NUMBER, goed=NUMBER)),
    ),
    "Stuk": _object(
        "id href versie toestand besluit opsteller bekrachtiger mandaat overgedragenUit verschil opmerkingen",
        id=TEXT,
        href=TEXT,
        versie=NUMBER,
        toestand={"enum": ["ontwerp", "voorgelegd", "bekrachtigd", "vervallen", "ingetrokken"]},
        besluit={"type": "object", "required": ["soort", "instantie", "bereik"]},
        opsteller=WIE,
        bekrachtiger={"anyOf": [WIE, {"type": "null"}]},
        mandaat=MAYBE,
        overgedragenUit=MAYBE,
        verschil=_many(TEXT),
        inTegenspraakMet=_many(TEXT),
        opmerkingen=_many(_object("wie tijdstip tekst", wie=WIE, tijdstip=TEXT, tekst=TEXT)),
    ),
    "Gezondheid": _object("status", status={"type": "string", "enum": ["UP", "DEGRADED", "DOWN"]}),
    "Export": {
        "description": "Hetzelfde ding in de woorden van een andere standaard (profiel=).",
        "anyOf": [
            {"type": "array", "items": {"type": "object", "required": ["@id"]}},
            {"type": "object", "required": ["@context"]},
            {"type": "object", "required": ["CFDocument", "CFItems", "CFAssociations"]},
        ],
    },
    "Woorden": {"type": "object"},
    "Woordenlijst": {"type": "array"},
    "Stroom": {"type": "array"},
}
