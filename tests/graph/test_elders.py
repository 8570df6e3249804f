"""Standards from elsewhere in the catalogue: each version by itself, what is required only, each item once."""

from __future__ import annotations

import msgspec
import pytest
from leerbrug.graph.catalogus import Kwalificatie, Kwalificatiesoort
from leerbrug.graph.catalogus_elders import Elders, elders
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.store import EmbeddedStore

DATA = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  GRAPH <https://w3id.org/leerbrug/graaf/rome/347> {
    <urn:347> a leer:Beroep ; leer:code "N1103" ; skos:prefLabel "Magasinage"@fr ; leer:heeftEssentieelItem <urn:oud> .
    <urn:oud> a leer:Beroepsitem ; leer:code "1" ; skos:prefLabel "Ranger"@fr .
  }
  GRAPH <https://w3id.org/leerbrug/graaf/rome/460> {
    <urn:460> a leer:Beroep ; leer:code "N1103" ; skos:prefLabel "Magasinier"@fr, "Magazijnier"@nl ;
      leer:heeftEssentieelItem <urn:b>, <urn:a> ; leer:heeftOptioneelItem <urn:vrij> ; leer:heeftItem <urn:context> .
    <urn:ander> a leer:Beroep ; leer:code "N1104" ; skos:prefLabel "Cariste"@fr ; leer:heeftEssentieelItem <urn:a> .
    <urn:a> a leer:Beroepsitem ; leer:code "2" ; skos:prefLabel "Charger"@fr .
    <urn:b> a leer:Beroepsitem ; leer:code "3" ; skos:prefLabel "Stocker"@fr .
    <urn:vrij> a leer:Beroepsitem ; leer:code "4" ; skos:prefLabel "Parler anglais"@fr .
    <urn:context> a leer:Beroepsitem ; leer:code "5" ; skos:prefLabel "Travail de nuit"@fr .
  }
  GRAPH <https://w3id.org/leerbrug/graaf/rncp/2026> {
    <urn:fiche> a leer:Beroepsstandaard ; leer:code "RNCP1" ; skos:prefLabel "Boulanger"@fr .
    <urn:blok> a leer:Competentieblok ; leer:code "RNCP1BC01" ; leer:deelVan <urn:fiche> ; skos:prefLabel "Le pain"@fr .
  }
  GRAPH <https://w3id.org/leerbrug/graaf/vks> { <urn:x> a leer:Beroep ; leer:code "X" ; skos:prefLabel "Geen"@nl . }
}
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Kwalificatie]:
    store = EmbeddedStore.in_memory()
    store.oxigraph.update(DATA)
    packed = msgspec.msgpack.encode(elders(KnowledgeGraph(store)))
    return msgspec.msgpack.decode(packed, type=Elders).by_code()


def test_a_code_of_two_releases_is_two_standards_of_one_line(found: dict[str, Kwalificatie]) -> None:
    assert sorted(found) == ["N1103/347", "N1103/460", "N1104/460", "RNCP1/2026"]
    assert found["N1103/347"].reeks == found["N1103/460"].reeks == "N1103"
    assert found["N1103/347"].nieuwste == found["N1103/460"].nieuwste == "N1103/460"
    assert found["N1103/460"].naam == {"fr": "Magasinier", "nl": "Magazijnier"}


def test_only_what_is_required_acts_as_a_competence_without_a_flemish_reference(found: dict[str, Kwalificatie]) -> None:
    items = found["N1103/460"].competenties
    assert [item.tekst for item in items] == ["Charger", "Stocker"]
    assert all(item.referenties == () for item in items)
    assert {item.taal for item in items} == {"fr"}
    assert [item.tekst for item in found["N1103/347"].competenties] == ["Ranger"]


def test_the_blocks_of_a_fiche_act_as_its_competences(found: dict[str, Kwalificatie]) -> None:
    fiche = found["RNCP1/2026"]
    assert (fiche.soort, [item.code for item in fiche.competenties]) == (Kwalificatiesoort.RNCP, ["RNCP1BC01"])


def test_standards_that_require_the_same_item_share_it(found: dict[str, Kwalificatie]) -> None:
    assert found["N1103/460"].competenties[0] is found["N1104/460"].competenties[0]
