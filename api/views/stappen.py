"""Ten first steps in SPARQL on this graph: each a question in words, the query, and what is new in it."""

from __future__ import annotations

from typing import NamedTuple

PREFIXES = """PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


class Stap(NamedTuple):
    """One step."""

    vraag: str
    nieuw: str
    query: str


STAPPEN = (
    Stap(
        "Welke beroepskwalificaties zijn er?",
        "Een patroon van drie delen: ding, eigenschap, waarde. Wat met ? begint, wordt gezocht.",
        PREFIXES
        + """SELECT ?versie ?naam WHERE {
  ?versie a leer:Beroepskwalificatieversie ;
    skos:prefLabel ?naam .
} ORDER BY ?naam""",
    ),
    Stap(
        "Hoeveel zijn er per niveau?",
        "Tellen met COUNT en GROUP BY.",
        PREFIXES
        + """SELECT ?niveau (COUNT(?versie) AS ?aantal) WHERE {
  ?versie a leer:Beroepskwalificatieversie ;
    leer:vksNiveau/skos:notation ?niveau .
} GROUP BY ?niveau ORDER BY ?niveau""",
    ),
    Stap(
        "Welke hebben “bakker” in hun naam?",
        "Filteren met FILTER en CONTAINS.",
        PREFIXES
        + """SELECT ?code ?naam WHERE {
  ?versie a leer:Beroepskwalificatieversie ;
    leer:code ?code ; skos:prefLabel ?naam .
  FILTER(CONTAINS(LCASE(?naam), "bakker"))
}""",
    ),
    Stap(
        "Welke competenties heeft de bakker, in volgorde?",
        "Van het ene ding naar het andere: twee patronen delen een variabele.",
        PREFIXES
        + """SELECT ?nr ?competentie WHERE {
  ?versie leer:code "BK-0019-3" ; leer:heeftCompetentie ?c .
  ?c leer:volgnummer ?nr ; skos:prefLabel ?competentie .
} ORDER BY ?nr""",
    ),
    Stap(
        "Welke kennis hoort daarbij, als die er is?",
        "OPTIONAL houdt ook de rijen waar iets ontbreekt.",
        PREFIXES
        + """SELECT ?competentie ?kennis WHERE {
  ?versie leer:code "BK-0019-3" ; leer:heeftCompetentie ?c .
  ?c skos:prefLabel ?competentie .
  OPTIONAL { ?c leer:heeftKennis/skos:prefLabel ?kennis }
} ORDER BY ?competentie ?kennis""",
    ),
    Stap(
        "Welke opleidingen leiden naar de bakker?",
        "Een pad: ^ volgt een eigenschap in de andere richting.",
        PREFIXES
        + """SELECT DISTINCT ?opleiding WHERE {
  ?versie leer:code "BK-0019-3" .
  ?erkenning leer:bevatVolledig ?versie ; leer:erkenningVan/skos:prefLabel ?opleiding .
} ORDER BY ?opleiding""",
    ),
    Stap(
        "Welke opleidingen zijn duaal, en met welke overeenkomst?",
        "Ware en valse waarden, en een codelijst.",
        PREFIXES
        + """SELECT DISTINCT ?opleiding ?overeenkomst WHERE {
  ?programma leer:duaal true ; skos:prefLabel ?opleiding ; leer:heeftErkenning/leer:contract ?contract .
  ?contract leer:contractsoort/skos:prefLabel ?overeenkomst .
  FILTER(LANG(?overeenkomst) = "nl")
} ORDER BY ?opleiding""",
    ),
    Stap(
        "Welke competenties delen bakker en banketbakker?",
        "Twee dingen die naar dezelfde referentie wijzen. Dat is nog geen bewijs: de brug legt uit waarom.",
        PREFIXES
        + """SELECT DISTINCT ?bakker ?banketbakker WHERE {
  ?a leer:code "BK-0019-3" ; leer:heeftCompetentie ?ca .
  ?b leer:code "BK-0020-3" ; leer:heeftCompetentie ?cb .
  ?ca leer:referentie ?r ; skos:prefLabel ?bakker .
  ?cb leer:referentie ?r ; skos:prefLabel ?banketbakker .
} ORDER BY ?bakker""",
    ),
    Stap(
        "Wat wordt er gezegd over de bakker, en in welke bron?",
        "GRAPH vraagt één bron: elke bron heeft haar eigen graaf.",
        PREFIXES
        + """SELECT ?graaf ?eigenschap ?waarde WHERE {
  ?versie leer:code "BK-0019-3" .
  GRAPH ?graaf { ?versie ?eigenschap ?waarde }
} LIMIT 100""",
    ),
    Stap(
        "Maak een eigen kleine graaf: opleidingen en hun kwalificaties.",
        "CONSTRUCT geeft triples terug in plaats van rijen.",
        PREFIXES
        + """CONSTRUCT {
  ?programma leer:leidtNaar ?versie ; skos:prefLabel ?p .
  ?versie skos:prefLabel ?v .
} WHERE {
  ?programma leer:heeftErkenning/leer:bevatVolledig ?versie ; skos:prefLabel ?p .
  ?versie skos:prefLabel ?v . FILTER(CONTAINS(LCASE(?p), "bak"))
}""",
    ),
)
