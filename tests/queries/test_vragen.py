"""Every question: its head is complete, its answer on the sample is the golden one, on every store and on real data.

After a question was changed on purpose, `python tests/queries/golden_anew.py` writes the golden answers anew; read the
difference before it is kept.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import httpx
import pytest
from leerbrug.api.zaken import database_van
from leerbrug.bench.w3c.conformance import served
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.register import Maak, Register, Stap
from leerbrug.besluiten.soorten import (
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Haalbaarheidsbesluit,
    Instantie,
    Instantiesoort,
    Mandaat,
    Rol,
    Wie,
)
from leerbrug.besluiten.toestand import Handeling
from leerbrug.besluiten.wereld import Wereld
from leerbrug.cli import app
from leerbrug.commands.build import chosen, sample
from leerbrug.commands.making import make
from leerbrug.commands.progress import Watch
from leerbrug.errors import InputError, SourceError, UnknownCodeError
from leerbrug.graph.catalogus import Geldigheid
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Release, remote_graph
from leerbrug.graph.store import EmbeddedStore
from leerbrug.graph.vragen import Antwoord, ask, example, keuzes, read_vraag, voorbeelden, vraag, vragen
from pyoxigraph import RdfFormat, Store
from typer.testing import CliRunner

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 9, 1)

EMPTY_ON_THE_SAMPLE = {"einde-zonder-opvolging", "bk-bij-esco", "vervallen-besluiten"}
"""The sample has no recognition that ends without a later one; of ESCO and of decisions nothing at all."""

EMPTY_ON_REAL_DATA = {*EMPTY_ON_THE_SAMPLE, "doelen-van-soort", "onderwijsdoelen-van-groep"}
"""The files of real answers hold no education goals; what is empty on both has a test of its own."""

ENDS = """
@prefix leer: <https://w3id.org/leerbrug/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix s: <https://w3id.org/leerbrug/codelijst/status/> .
<urn:so/1> leer:code "1" ; skos:prefLabel "Loopt af"@nl ; leer:heeftErkenning <urn:e/1> .
<urn:so/2> leer:code "2" ; skos:prefLabel "Gaat verder"@nl ; leer:heeftErkenning <urn:e/2>, <urn:e/3> .
<urn:so/3> leer:code "3" ; skos:prefLabel "Nooit erkend"@nl ; leer:heeftErkenning <urn:e/4> .
<urn:so/4> leer:code "4" ; skos:prefLabel "Opgevolgd"@nl ; leer:heeftErkenning <urn:e/5> ; leer:opvolger <urn:so/2> .
<urn:e/1> a leer:Erkenning ; leer:code "A1" ; leer:erkenningVan <urn:so/1> ; leer:versienummer 1 ;
  leer:status s:ERKEND ; leer:einddatum "2025-08-31"^^xsd:date .
<urn:e/2> a leer:Erkenning ; leer:code "A2" ; leer:erkenningVan <urn:so/2> ; leer:versienummer 1 ;
  leer:status s:ERKEND ; leer:einddatum "2025-08-31"^^xsd:date .
<urn:e/3> a leer:Erkenning ; leer:code "A3" ; leer:erkenningVan <urn:so/2> ; leer:versienummer 2 ;
  leer:status s:ERKEND .
<urn:e/4> a leer:Erkenning ; leer:code "A4" ; leer:erkenningVan <urn:so/3> ; leer:versienummer 1 ;
  leer:status s:NIET_ERKEND ; leer:einddatum "2025-08-31"^^xsd:date .
<urn:e/5> a leer:Erkenning ; leer:code "A5" ; leer:erkenningVan <urn:so/4> ; leer:versienummer 1 ;
  leer:status s:ERKEND ; leer:einddatum "2025-08-31"^^xsd:date .
"""
"""Our own: one recognition that ends with nothing after it, and three that look like it and are not."""


def test_a_recognition_that_ends_without_a_successor_is_one_that_was_given() -> None:
    store = Store()
    store.load(ENDS.encode(), format=RdfFormat.TURTLE)
    found = ask(KnowledgeGraph(EmbeddedStore(store)), vraag("einde-zonder-opvolging"), {"van": "2025-01-01"}, DAY)
    assert found.rijen == (("2025-08-31", "1", "Loopt af", "A1"),)


@lru_cache(maxsize=2)
def opened(release: Release) -> KnowledgeGraph:
    """The graph of a release, opened once for all tests."""
    return release.graph()


def as_csv(found: Antwoord) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(found.kolommen)
    writer.writerows(found.rijen)
    return text.getvalue()


def answered(graph: KnowledgeGraph, slug: str) -> Antwoord:
    question = vraag(slug)
    return ask(graph, question, voorbeelden(question), DAY)


def test_there_are_more_than_fifty_questions_for_three_kinds_of_people() -> None:
    assert len(vragen()) >= 50
    assert {one.voor for one in vragen().values()} == {"ontwerper", "sector", "monitoring"}


@pytest.mark.parametrize("slug", vragen())
def test_a_question_says_what_it_asks_in_three_languages(slug: str) -> None:
    one = vraag(slug)
    for texts in (one.titel, one.uitleg, *one.kolommen.values(), *(p.titel for p in one.parameters.values())):
        assert set(texts) == {"nl", "en", "fr"}
        assert all(text.strip() for text in texts.values())
    assert one.trefwoorden
    assert "ORDER BY" in one.sparql


@pytest.mark.parametrize("slug", vragen())
def test_no_question_sets_the_level_of_a_bk_beside_that_of_an_ok(slug: str) -> None:
    """Social partners reject one ladder; real data have a BK of level 4 in an OK of level 3 (domain.md §5)."""
    words = set(re.findall(r"leer:(\w+Niveau)", vraag(slug).sparql))
    assert not {"vksNiveau", "okNiveau"} <= words


@pytest.mark.parametrize("slug", vragen())
def test_golden(release: Release, slug: str) -> None:
    found = answered(opened(release), slug)
    assert as_csv(found) == (GOLDEN / f"{slug}.csv").read_text("utf-8")
    assert bool(found.rijen) == (slug not in EMPTY_ON_THE_SAMPLE)


def test_no_golden_answer_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(vragen())


@pytest.mark.parametrize("slug", vragen())
def test_rows_stand_in_an_order_that_their_columns_decide(release: Release, slug: str) -> None:
    """No two rows are alike, so the order of the golden answer is that of the question and not of the engine."""
    rows = answered(opened(release), slug).rijen
    assert len(set(rows)) == len(rows)


@pytest.fixture(scope="session", params=["oxigraph_server", "virtuoso_server"])
def elsewhere(request: pytest.FixtureRequest, release: Release) -> Iterator[tuple[str, KnowledgeGraph]]:
    graph = remote_graph(release, request.getfixturevalue(request.param))
    yield request.param, graph
    graph.close()


@pytest.mark.parametrize("slug", vragen())
def test_every_store_gives_the_same_rows_in_the_same_order(
    elsewhere: tuple[str, KnowledgeGraph], release: Release, slug: str
) -> None:
    """SPARQL orders no texts with a language, and Virtuoso no long ones: a question orders them by their STR()."""
    server, graph = elsewhere
    assert answered(graph, slug).rijen == answered(opened(release), slug).rijen, server


@pytest.mark.parametrize("slug", vragen())
def test_a_question_runs_on_the_real_data(real_release: Release, slug: str) -> None:
    assert bool(answered(opened(real_release), slug).rijen) == (slug not in EMPTY_ON_REAL_DATA)


ESCO_BAKER = "http://data.europa.eu/esco/occupation/1aadb308-432a-4d01-b54b-b4f7f76dd419"
MAPPINGS = f"""#mapping_set_id: https://voorbeeld.be/set
#curie_map:
#  bk: https://w3id.org/leerbrug/id/beroepskwalificatie/
subject_id\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier
bk:BK-0019/3\tskos:closeMatch\t{ESCO_BAKER}\tsemapv:ManualMappingCuration\t
bk:BK-0252/4\tskos:closeMatch\t{ESCO_BAKER}\tsemapv:ManualMappingCuration\tNot
"""
"""Our own: a baker is near a baker, a cook is not."""


def test_a_qualification_is_found_by_the_code_of_an_esco_occupation(real_data: Path, tmp_path: Path) -> None:
    """By the ISCO group of its ROME sheet, and by a mapping; never by one that was denied."""
    (tmp_path / "bakker.sssom.tsv").write_text(MAPPINGS, "utf-8")
    crosswalks, occupations = real_data / "rome-crosswalks", real_data / "esco/v1.2.0-nl"
    paths = {"vks": sample(), "rome-overgangen": crosswalks, "esco": occupations, "sssom": tmp_path}
    with Watch(quiet=True) as watch:
        sources = list(chosen([f"{key}={path}" for key, path in paths.items()], sample()))
        made = make(sources, tmp_path / "releases", Names(), watch)
    assert made.release, made.report.render()
    graph = made.release.graph()
    baker, clerk = (ask(graph, vraag("bk-bij-esco"), {"esco": code}, DAY).rijen for code in ("7512.1", "4321.1"))
    graph.close()
    assert ("BK-0019-3", "mapping") in {(row[0], row[2]) for row in baker}
    assert "BK-0252-4" not in {row[0] for row in baker}
    assert {(row[0], row[2], row[3]) for row in clerk} == {
        (code, "ISCO-groep", "http://data.europa.eu/esco/isco/C4321") for code in ("BK-0002-3", "BK-0104-3")
    }


@pytest.mark.parametrize(
    ("slug", "given", "error", "said"),
    [
        ("competenties-van-bk", {}, InputError, "mist een waarde voor bk"),
        ("competenties-van-bk", {"bk": "BK-9999-9"}, UnknownCodeError, "niet in deze release"),
        ("competenties-van-bk", {"bk": 'BK" } #'}, UnknownCodeError, "niet in deze release"),
        ("competenties-van-bk", {"bk": "BK-0019-3", "x": "1"}, InputError, "geen parameter x"),
        ("bks-van-niveau", {"niveau": "9"}, InputError, "Kies uit 1, 2, 3"),
        ("opleidingen-op-dag", {"datum": "morgen"}, InputError, "geen datum"),
        ("veelvoorkomende-referenties", {"minstens": "veel"}, InputError, "geen geheel getal"),
        ("zonder-naam-in-taal", {"taal": "n'l"}, InputError, "geen taal"),
    ],
)
def test_a_value_that_is_not_right_is_refused(
    release: Release, slug: str, given: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        ask(opened(release), vraag(slug), given, DAY)


def test_without_days_the_ends_of_the_coming_year_are_asked(release: Release) -> None:
    found = ask(opened(release), vraag("aflopende-erkenningen"), {}, date(2023, 10, 1))
    assert found.parameters == {"van": "2023-10-01", "tot": "2024-09-30"}
    assert {row[0] for row in found.rijen} == {"2024-08-31"}


def test_a_decision_that_lapsed_is_shown_with_its_programmes(
    release: Release, own_folder: Callable[[Release], Path]
) -> None:
    """Ratified by two people and past its end; asked over HTTP and on the command line."""
    folder = own_folder(release)
    boek = Grootboek.open(database_van(folder))
    wereld = Wereld(release.catalogus())
    register, bouw = Register(boek, lambda: wereld, lambda _: ()), Instantie(Instantiesoort.SECTOR, "bouw")
    past, now = Geldigheid(date(2020, 1, 1), date(2025, 8, 31)), Geldigheid(date(2020, 1, 1))
    said = {"instantie": bouw, "grondslag": "toets"}
    an, bo, beheer = Wie(Rol.SECTOR, "An", str(bouw)), Wie(Rol.SECTOR, "Bo", str(bouw)), Wie(Rol.BEHEERDER, "Beheer")
    register.voer_uit([Maak(Mandaat(bereik=Bereik(Bereiksoort.PROGRAMMA), geldigheid=now, **said))], beheer)
    code = wereld.kwalificatie("BK-0130-5").competenties[0].code
    over = Bereik(Bereiksoort.COMPETENTIE, "BK-0130-5", (code,))
    verdict = Haalbaarheidsbesluit(bereik=over, haalbaarheid=Haalbaarheid.KAN, geldigheid=past, **said)
    (stuk,) = register.voer_uit([Maak(verdict)], an)
    (stuk,) = register.voer_uit([Stap(stuk.id, stuk.versie, Handeling.LEG_VOOR)], an)
    register.voer_uit([Stap(stuk.id, stuk.versie, Handeling.BEKRACHTIG)], bo)
    boek.close()
    command = ["ask", "vervallen-besluiten", "--format", "csv", "--data", str(folder)]

    def asked(day: str) -> list[dict[str, str]]:
        done = CliRunner().invoke(app, [*command, f"datum={day}"])
        assert done.exit_code == 0, done.output
        return list(csv.DictReader(done.stdout_bytes.decode("utf-8-sig").splitlines()))

    rows = asked("2025-09-01")
    assert {row["opleiding"] for row in rows} == {
        "Afwerking bouw duaal",
        "Aanloop afwerking bouw duaal",
        "Stukadoor duaal",
    }
    assert {(row["besluit"], row["toestand"], row["einde"]) for row in rows} == {(stuk.id, "bekrachtigd", "2025-08-31")}
    assert asked("2025-08-31") == []
    with served(folder) as home:
        answer = httpx.get(f"{home}/v1/vragen/vervallen-besluiten?datum=2025-09-01", timeout=60).json()
        assert answer["rijen"] == [{**row} for row in rows]
        pinned = httpx.get(f"{home}/v1/vragen/vervallen-besluiten?datum=2025-09-01&release=1", timeout=60).json()
        assert pinned["rijen"] == [], "a release never changes, so what was decided since is not in it"


def test_what_is_recognised_is_what_the_catalogue_says(real_release: Release) -> None:
    """Some recognitions of the real data were cancelled; the catalogue reads them by another way."""
    known = real_release.catalogus().erkenningen.values()
    expected = {one.code for one in known if one.status == "ERKEND" and one.geldigheid.omvat(DAY)}
    assert {row[2] for row in answered(opened(real_release), "opleidingen-op-dag").rijen} == expected
    assert any(one.status != "ERKEND" for one in known)


def test_a_text_is_bound_and_never_read_as_sparql(release: Release) -> None:
    for word in ('") } UNION { ?ding ?p ?tekst } #', "\\", "?code", "hygi\u00ebne"):
        found = ask(opened(release), vraag("zoek-tekst"), {"woord": word}, DAY)
        assert all(word.lower() in str(row[2]).lower() for row in found.rijen)


def test_a_day_that_is_not_given_is_today(release: Release) -> None:
    assert ask(opened(release), vraag("opleidingen-op-dag"), {}, DAY).parameters == {"datum": "2026-09-01"}


def test_the_data_say_which_values_there_are(release: Release) -> None:
    parameters = vraag("opleidingen-van-studiedomein").parameters
    assert [one.code for one in keuzes(opened(release), parameters["finaliteit"])] == ["A", "DO", "DU"]
    codes = {one.code for one in keuzes(opened(release), vraag("competenties-van-bk").parameters["bk"])}
    assert "BK-0019-3" in codes
    assert len(codes) == 54


@pytest.mark.parametrize("slug", vragen())
def test_the_published_example_is_the_question_with_its_values(release: Release, slug: str) -> None:
    columns = vraag(slug).kolommen
    rows = [tuple(row[name] for name in columns) for row in opened(release).select(example(vraag(slug)))]
    assert len(rows) == len(answered(opened(release), slug).rijen)


def test_a_version_without_competences_is_not_said_to_have_lost_them_all(release: Release) -> None:
    found = ask(opened(release), vraag("verschil-tussen-versies"), {"een": "BK-0498-1", "ander": "BK-0498-2"}, DAY)
    assert found.rijen == ()


def test_a_head_that_is_not_right_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text('#+ titel = "x"\nSELECT * {}')
    with pytest.raises(SourceError, match=r"x\.rq.*kop"):
        read_vraag(path)


def test_shared_references_of_two_bks_are_those_of_the_dossiers(release: Release) -> None:
    """The oracle is the table that was made by hand from the dossiers (domain.md §6.4b)."""
    pairs = {
        ("BK-0002-3", "BK-0019-3"): {"18111-c", "SK-4116-c", "SK-4793-c", "SK-7783-c"},
        ("BK-0002-3", "BK-0068-2"): {"18111-c", "SK-4116-c", "SK-4793-c"},
        ("BK-0019-3", "BK-0068-2"): {"18111-c", "SK-4116-c", "SK-4793-c", "SK-4121-c", "SK-7784-c"},
        ("BK-0002-3", "BK-0127-2"): {"SK-4793-c"},
        ("BK-0130-5", "BK-0019-3"): set(),
    }
    for (een, ander), shared in pairs.items():
        found = ask(opened(release), vraag("gedeelde-referenties"), {"een": een, "ander": ander}, DAY)
        assert {row[0] for row in found.rijen} == shared
