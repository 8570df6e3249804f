"""Export profiles: each held to what the standard itself publishes."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft4Validator
from lxml import etree
from pyshacl import validate
from rdflib import RDF, SKOS, Graph, URIRef

pytestmark = pytest.mark.xdist_group("api")

SAID = (
    "/v1/kwalificaties/BK-0019/versies/3",
    "/v1/kwalificaties/BK-0002/versies/3",
    "/v1/kwalificaties/BK-0117/versies/2",
)


@pytest.mark.parametrize("path", SAID)
def test_elm_is_what_the_shapes_of_loq_ask(client: httpx.Client, real_data: Path, path: str) -> None:
    answer = client.get(path, params={"profiel": "elm-loq", "format": "ttl"})
    found = Graph().parse(data=answer.text, format="turtle")
    shapes = Graph().parse(real_data / "elm" / "rdf" / "ap" / "loq" / "LOQ-constraints.ttl")
    conforms, _, report = validate(found, shacl_graph=shapes)
    assert conforms, report
    assert 'rel="profile"' in answer.headers["Link"]


CONCEPT = """<xs:complexType name="ConceptType"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded"
  processContents="lax"/></xs:sequence><xs:attribute name="uri" type="xs:anyURI"/></xs:complexType>"""
LANGUAGE = """<xs:complexType name="LangStringType"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="language" type="xs:language" use="required"/></xs:extension></xs:simpleContent>
  </xs:complexType>"""


def qualification_schema(real_data: Path) -> etree.XMLSchema:
    """The part of loq.xsd that describes qualifications and outcomes.

    The published folder lacks external/*.xsd, which loq.xsd imports. The three types of those that a qualification
    uses are stood in for: a concept with its uri, a text with its language, a language of the authority list.
    """
    whole = etree.fromstring(lzma.decompress((real_data / "elm" / "xsd" / "loq" / "loq.xsd.xz").read_bytes()))
    codes = real_data / "elm" / "xsd" / "loq" / "cv"
    return _cut(whole, codes)


def _cut(whole: etree._Element, codes: Path) -> etree.XMLSchema:
    xs = "{http://www.w3.org/2001/XMLSchema}"
    loq = "http://data.europa.eu/snb/model/ap/loq-constraints/"
    order = [
        element.get("ref") or element.get("name")
        for name in ("RestrictedSpecificationType", "LearningAchievementSpecificationType", "QualificationType")
        for kind in whole.iter(f"{xs}complexType")
        if kind.get("name") == name
        for element in kind.iter(f"{xs}element")
    ]
    least = {
        element.get("ref") or element.get("name"): int(element.get("minOccurs", "1"))
        for name in ("RestrictedSpecificationType", "LearningAchievementSpecificationType", "QualificationType")
        for kind in whole.iter(f"{xs}complexType")
        if kind.get("name") == name
        for element in kind.iter(f"{xs}element")
    }
    values = {
        name: sorted(str(one.get("value")) for one in etree.parse(codes / f"{file}.xsd").iter(f"{xs}enumeration"))
        for name, file in (("ISCEDFCode", "isced-f"), ("EQFLevel", "eqf"), ("NQFLevel", "nqf"), ("type", "skill-types"))
    }

    def coded(name: str) -> str:
        kinds = "".join(f'<xs:enumeration value="{value}"/>' for value in values[name])
        restricted = f'<xs:simpleType><xs:restriction base="xs:anyURI">{kinds}</xs:restriction></xs:simpleType>'
        return f'<xs:complexType><xs:attribute name="uri" use="required">{restricted}</xs:attribute></xs:complexType>'

    def element(name: str) -> str:
        start = f'<xs:element name="{name}" minOccurs="{least[name]}" maxOccurs="unbounded"'
        if name in values and name != "type":
            return f"{start}>{coded(name)}</xs:element>"
        if name == "title":
            return f'{start} type="l:LangStringType"/>'
        if name == "language":
            return f'{start} type="l:ConceptType"/>'
        if name == "learningOutcome":
            idref = '<xs:attribute name="idref" type="xs:anyURI" use="required"/>'
            return f"{start}><xs:complexType>{idref}</xs:complexType></xs:element>"
        if name == "isPartialQualification":
            return f'{start} type="xs:boolean"/>'
        return ""

    body = "".join(element(str(name)) for name in order if ":" not in str(name))
    outcome = (
        '<xs:element name="title" type="l:LangStringType" maxOccurs="unbounded"/>'
        f'<xs:element name="type" minOccurs="0">{coded("type")}</xs:element>'
    )
    identified = '<xs:attribute name="id" type="xs:anyURI" use="required"/>'
    text = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:l="{loq}" targetNamespace="{loq}"
      elementFormDefault="qualified">{CONCEPT}{LANGUAGE}
      <xs:element name="Courses"><xs:complexType><xs:sequence>
      <xs:element name="learningAchievementSpecificationReferences"><xs:complexType><xs:sequence>
      <xs:element name="qualification" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence>{body}</xs:sequence>{identified}
      </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
      <xs:element name="learningOutcomeReferences"><xs:complexType><xs:sequence>
      <xs:element name="learningOutcome" maxOccurs="unbounded"><xs:complexType><xs:sequence>{outcome}</xs:sequence>
      {identified}</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
      </xs:sequence><xs:attribute name="xsdVersion"/></xs:complexType></xs:element></xs:schema>"""
    return etree.XMLSchema(etree.fromstring(text))


@pytest.mark.parametrize("path", SAID)
def test_elm_in_xml_keeps_the_order_and_the_code_lists_of_the_schema(
    client: httpx.Client, real_data: Path, path: str
) -> None:
    answer = client.get(path, params={"profiel": "elm-loq"}, headers={"Accept": "application/xml"})
    document = etree.fromstring(answer.content)
    schema = qualification_schema(real_data)
    schema.assertValid(document)
    level = document.find(".//{*}EQFLevel")
    assert level is not None
    level.set("uri", "http://data.europa.eu/snb/eqf/9")
    assert not schema.validate(document)


def schema_of(real_data: Path, name: str) -> Draft4Validator:
    """A schema of the registry; some refer to definitions that only the schema of credentials holds."""
    folder = real_data / "ctdl" / "credential-registry" / "fixtures" / "schemas" / "ce_registry"
    shared = json.loads((folder / "credential.json").read_text("utf-8"))["definitions"]
    own = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return Draft4Validator({**own, "definitions": shared | own["definitions"]})


def test_ctdl_is_what_the_registry_takes(client: httpx.Client, real_data: Path) -> None:
    for path in SAID:
        schema_of(real_data, "credential").validate(client.get(path, params={"profiel": "ctdl"}).json())
    graph = client.get("/v1/standaardtrajecten/OT-00168", params={"profiel": "ctdl"}).json()["@graph"]
    schema_of(real_data, "pathway").validate(graph[0])
    for component in graph[1:]:
        schema_of(real_data, "pathway_component").validate(component)
    assert not schema_of(real_data, "credential").is_valid(graph[0])


def test_case_is_one_tree(client: httpx.Client) -> None:
    package = client.get(SAID[0], params={"profiel": "case"}).json()
    document = package["CFDocument"]["identifier"]
    items = {item["identifier"] for item in package["CFItems"]}
    parents = {
        one["originNodeURI"]["identifier"]: one["destinationNodeURI"]["identifier"] for one in package["CFAssociations"]
    }
    assert set(parents) == items
    assert set(parents.values()) <= items | {document}
    assert sum(item["CFItemType"] == "Competentie" for item in package["CFItems"]) == 13
    assert all(item["CFDocumentURI"]["identifier"] == document for item in package["CFItems"])


def test_skos_and_schema_org_by_header(client: httpx.Client) -> None:
    skos = client.get(
        SAID[0], headers={"Accept-Profile": "<http://www.w3.org/2004/02/skos/core>", "Accept": "text/turtle"}
    )
    found = Graph().parse(data=skos.text, format="turtle")
    whole = URIRef("https://w3id.org/leerbrug/id/beroepskwalificatie/BK-0019/3")
    assert len(set(found.objects(whole, SKOS.narrower))) == 13
    assert set(found.subjects(RDF.type, SKOS.Concept)) == set(found.subjects())
    search = client.get(SAID[0], headers={"Accept-Profile": "<https://schema.org/>"}).json()
    assert (search["@type"], search["identifier"]) == ("EducationalOccupationalCredential", "BK-0019-3")


def test_what_a_profile_cannot_say_is_refused(client: httpx.Client) -> None:
    assert client.get("/v1/competenties/bkc0044297", params={"profiel": "ctdl"}).status_code == 406
    assert client.get("/v1/competenties", params={"profiel": "ctdl"}).status_code == 400
