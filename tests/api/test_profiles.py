"""Export profiles: each held to what the standard itself publishes."""

from __future__ import annotations

import json
import lzma
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from leerbrug.api.profielen import case, ctdl, elm
from leerbrug.graph.releases import Release
from lxml import etree
from pyshacl import validate
from rdflib import RDF, SDO, SKOS, Graph, URIRef

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


STAND_INS = Path(__file__).with_name("elm_stand_ins")


@pytest.fixture(scope="session")
def loq(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """loq.xsd as it was published; of what it imports and was not published beside it, our stand-ins.

    A code list that is absent is stood in for by the names of its types, each any IRI.
    """
    folder, published = tmp_path_factory.mktemp("elm"), real_data / "elm" / "xsd" / "loq"
    text = lzma.decompress((published / "loq.xsd.xz").read_bytes()).decode()
    (folder / "loq.xsd").write_text(text, "utf-8")
    shutil.copytree(STAND_INS, folder / "external")
    shutil.copytree(published / "cv", folder / "cv", copy_function=shutil.copyfile)
    prefixes = {iri: prefix for prefix, iri in re.findall(r'xmlns:(\w+)="([^"]+)"', text)}
    (folder / "cv").chmod(0o755)
    for iri, path in re.findall(r'<xs:import namespace="([^"]+)" schemaLocation="(cv/[^"]+)"', text):
        if not (folder / path).exists():
            (folder / path).write_text(
                any_iri(iri, sorted(set(re.findall(rf"\b{prefixes[iri]}:(\w+)", text)))), "utf-8"
            )
    return etree.XMLSchema(etree.parse(folder / "loq.xsd"))


def any_iri(namespace: str, names: list[str]) -> str:
    types = "".join(f'<xs:simpleType name="{one}"><xs:restriction base="xs:anyURI"/></xs:simpleType>' for one in names)
    schema = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}">'
    return f"{schema}{types}</xs:schema>"


@pytest.mark.parametrize("name", ["loq.xml.xz", "loq_withLearningAchievementSpecification.xml.xz"])
def test_the_stand_ins_take_what_was_published_beside_the_schema(
    loq: etree.XMLSchema, real_data: Path, name: str
) -> None:
    published = etree.fromstring(lzma.decompress((real_data / "elm" / "xsd" / "loq" / name).read_bytes()))
    loq.assertValid(published)
    concept = published.find(".//{http://www.w3.org/2004/02/skos/core#}prefLabel")
    assert concept is not None
    del concept.attrib["language"]
    assert not loq.validate(published), "a stand-in that takes anything would prove nothing"


def test_elm_in_xml_is_what_the_published_schema_takes(client: httpx.Client, loq: etree.XMLSchema) -> None:
    for path in SAID:
        answer = client.get(path, params={"profiel": "elm-loq"}, headers={"Accept": "application/xml"})
        loq.assertValid(etree.fromstring(answer.content))


def test_every_qualification_of_the_real_data_is_valid_elm_ctdl_and_case(
    loq: etree.XMLSchema, real_release: Release, real_data: Path
) -> None:
    known = [one for one in real_release.catalogus().kwalificaties.values() if elm.fits(one)]
    assert len(known) > 90
    graph, registry = real_release.graph(), schema_of(real_data, "credential")
    for one in known:
        loq.assertValid(etree.fromstring(elm.xml(one, elm.isced(graph, one.iri))))
        registry.validate(ctdl.certificate(one, active=True))
        Draft202012Validator(CASE).validate(case.package(one))
    graph.close()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda one: one.find(".//{*}EQFLevel").set("uri", "http://data.europa.eu/snb/eqf/9"),
        lambda one: one.find(".//{*}NQFLevel").set("uri", "http://data.europa.eu/snb/qdr/geen"),
        lambda one: one.find(".//{*}ISCEDFCode").set("uri", "http://data.europa.eu/snb/isced-f/1"),
        lambda one: one.find(".//{*}qualification").append(one.find(".//{*}title")),
        lambda one: one.find(".//{*}learningOutcome").attrib.pop("idref"),
        lambda one: one.find(".//{*}qualification/{*}title").attrib.pop("language"),
    ],
    ids=["level", "national level", "field", "order", "reference", "language"],
)
def test_elm_that_is_spoilt_is_refused(
    client: httpx.Client, loq: etree.XMLSchema, spoilt: Callable[[etree._Element], object]
) -> None:
    answer = client.get(SAID[0], params={"profiel": "elm-loq"}, headers={"Accept": "application/xml"})
    document = etree.fromstring(answer.content)
    spoilt(document)
    assert not loq.validate(document)


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


def case_object(required: str, optional: str = "", **kinds: object) -> dict[str, object]:
    names = f"{required} {optional}".split()
    properties = {name: kinds.get(name, {"type": "string", "minLength": 1}) for name in names}
    return {"type": "object", "required": required.split(), "properties": properties, "additionalProperties": False}


UUID = {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"}
LINK = case_object("title identifier uri", identifier=UUID)
ADOPTION = {"enum": ["Private Draft", "Draft", "Adopted", "Deprecated"]}
ASSOCIATIONS = {
    "enum": "isChildOf isPeerOf isPartOf exactMatchOf precedes isRelatedTo replacedBy exemplar hasSkillLevel "
    "isTranslationOf".split()
}
MOMENT, LANGUAGE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}, {"pattern": "^[a-z]{2}$"}
CASE = case_object(
    "CFDocument CFItems CFAssociations",
    CFDocument=case_object(
        "identifier uri creator title lastChangeDateTime caseVersion",
        "adoptionStatus language version",
        identifier=UUID,
        lastChangeDateTime=MOMENT,
        caseVersion={"const": "1.1"},
        adoptionStatus=ADOPTION,
        language=LANGUAGE,
    ),
    CFItems={
        "type": "array",
        "items": case_object(
            "identifier fullStatement uri lastChangeDateTime",
            "CFItemType CFDocumentURI humanCodingScheme language",
            identifier=UUID,
            lastChangeDateTime=MOMENT,
            CFDocumentURI=LINK,
            language=LANGUAGE,
        ),
    },
    CFAssociations={
        "type": "array",
        "items": case_object(
            "identifier associationType uri originNodeURI destinationNodeURI lastChangeDateTime",
            "sequenceNumber",
            identifier=UUID,
            associationType=ASSOCIATIONS,
            originNodeURI=LINK,
            destinationNodeURI=LINK,
            lastChangeDateTime=MOMENT,
            sequenceNumber={"type": "integer"},
        ),
    },
)
"""What the information model of CASE 1.1 asks of a package, of the members that we write."""


def test_case_is_what_its_information_model_asks(client: httpx.Client) -> None:
    for path in SAID:
        package = client.get(path, params={"profiel": "case"}).json()
        Draft202012Validator(CASE).validate(package)
    del package["CFItems"][0]["fullStatement"]
    assert not Draft202012Validator(CASE).is_valid(package)


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


CREDENTIAL = frozenset(
    "competencyRequired credentialCategory educationalLevel recognizedBy validFor validIn "  # its own
    "name identifier url inLanguage temporalCoverage expires".split()  # of Thing and CreativeWork
)
"""The properties that schema.org gives an EducationalOccupationalCredential, of those that we could write."""


def test_skos_and_schema_org_by_header(client: httpx.Client) -> None:
    skos = client.get(
        SAID[0], headers={"Accept-Profile": "<http://www.w3.org/2004/02/skos/core>", "Accept": "text/turtle"}
    )
    found = Graph().parse(data=skos.text, format="turtle")
    whole = URIRef("https://w3id.org/leerbrug/id/beroepskwalificatie/BK-0019/3")
    assert len(set(found.objects(whole, SKOS.narrower))) == 13
    assert set(found.subjects(RDF.type, SKOS.Concept)) == set(found.subjects())
    for concept in found.subjects(RDF.type, SKOS.Concept):
        preferred = list(found.objects(concept, SKOS.prefLabel))
        languages = [getattr(label, "language", None) for label in preferred]
        assert preferred, concept
        assert len(set(languages)) == len(languages), "SKOS S14: one preferred label a language"
        assert not set(preferred) & set(found.objects(concept, SKOS.altLabel)), "SKOS S13: labels are disjoint"
    narrower = set(found.subject_objects(SKOS.narrower))
    assert {(above, below) for below, above in found.subject_objects(SKOS.broader)} == narrower
    search = client.get(SAID[0], headers={"Accept-Profile": "<https://schema.org/>"}).json()
    assert (search["@type"], search["identifier"]) == ("EducationalOccupationalCredential", "BK-0019-3")
    assert search["temporalCoverage"] == "2020-02-28/.."
    assert {key for key in search if not key.startswith("@")} <= CREDENTIAL
    assert all(SDO[term] for term in CREDENTIAL), "rdflib knows every term of schema.org and no other"


def test_what_a_profile_cannot_say_is_refused(client: httpx.Client) -> None:
    assert client.get("/v1/competenties/bkc0044297", params={"profiel": "ctdl"}).status_code == 406
    assert client.get("/v1/competenties", params={"profiel": "ctdl"}).status_code == 400
