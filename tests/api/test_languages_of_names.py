"""A name or wording in another language than the page says which: what comes from elsewhere, and what is Flemish."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from leerbrug.api.settings import Settings
from leerbrug.graph.catalogus import Kwalificatie
from leerbrug.graph.releases import Release
from leerbrug.pathways.suggesties import PER_COMPETENTIE

from .conftest import serving

FILES = Path(__file__).parents[1] / "loaders" / "standaarden"
TALEN = ("nl", "en", "fr")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"}


class Heard(HTMLParser):
    """Which languages each text of a page is in, as a screen reader learns it: from the nearest element that says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: defaultdict[str, set[str]] = defaultdict(set)
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("lang") or self._open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in ("script", "style", "title", "option"):
            self.languages[" ".join(data.split())].add(self._open[-1][1])


@pytest.fixture(scope="module")
def release(built_once: Callable[..., Release]) -> Release:
    elsewhere = {"esco": "esco/v1.2.0-nl", "rome": "rome-v4", "rncp": "rncp", "competent": "competent"}
    return built_once("standaarden", "vks=sample", *(f"{key}={FILES / path}" for key, path in elsewhere.items()))


@pytest.fixture(scope="module")
def client(release: Release, own_folder: Callable[[Release], Path]) -> Iterator[httpx.Client]:
    with serving(Settings(data=own_folder(release), refresh=60)) as url, httpx.Client(base_url=url, timeout=60) as one:
        yield one


@pytest.fixture(scope="module")
def occupations(release: Release) -> dict[str, Kwalificatie]:
    """One of each source and language: the one that asks the most."""
    found = sorted(release.elders().values(), key=lambda one: (len(one.competenties), one.code))
    return {f"{one.soort} {'/'.join(one.naam)}": one for one in found if one.competenties}


def heard(client: httpx.Client, path: str, **query: str) -> dict[str, set[str]]:
    answer = client.get(path, params=query, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return Heard(answer.text).languages


def shown(one: Kwalificatie, taal: str) -> tuple[str, str]:
    """The language and the text of the name that a page shows: its own, else Dutch, else any."""
    language = next(each for each in (taal, "nl", "en", "fr") if each in one.naam)
    return language, one.naam[language]


@pytest.mark.parametrize("taal", TALEN)
def test_a_bridge_says_the_language_of_each_end_and_of_each_wording(
    client: httpx.Client, release: Release, occupations: dict[str, Kwalificatie], taal: str
) -> None:
    assert {one.competenties[0].taal for one in occupations.values()} == {"nl", "fr"}
    ours = release.catalogus().kwalificaties["BK-0002-3"]
    for one in occupations.values():
        texts = heard(client, "/v1/bruggen", van=ours.code, naar=one.code, toon="alles", lang=taal)
        language, name = shown(one, taal)
        assert texts[name] == {language}
        assert texts[ours.naam["nl"]] == {"nl"}
        worded = {item.tekst: {item.taal} for item in one.competenties if item.tekst != item.code}
        assert {text: texts[text] for text in worded} == worded
        back = heard(client, "/v1/bruggen", van=one.code, naar=ours.code, toon="alles", lang=taal)
        assert all(back[item.tekst] == {"nl"} for item in ours.competenties)


def test_what_has_no_number_or_code_of_its_own_is_shown_by_its_place_and_the_end_of_its_iri(
    client: httpx.Client, occupations: dict[str, Kwalificatie]
) -> None:
    for one in occupations.values():
        asked = {"van": "BK-0002-3", "naar": one.code, "toon": "alles", "format": "html"}
        page = client.get("/v1/bruggen", params=asked).text
        assert [int(cell) for cell in re.findall(r'<td role="cell">(\d+)</td>', page)] == [
            *range(1, len(one.competenties) + 1)
        ]
        assert not re.search(r"<a[^>]*></a>", page)
        likely = client.get("/v1/bruggen", params={**asked, "tab": "suggesties"}).text
        assert all(int(rows) <= PER_COMPETENTIE for rows in re.findall(r'rowspan="(\d+)"', likely))


@pytest.mark.parametrize("taal", TALEN)
def test_a_list_a_search_and_a_page_of_its_own_say_it_too(
    client: httpx.Client, occupations: dict[str, Kwalificatie], taal: str
) -> None:
    listed = heard(client, "/v1/beroepen", pageSize="100", lang=taal)
    for one in occupations.values():
        language, name = shown(one, taal)
        assert listed[name] == {language}
        assert heard(client, "/zoeken", q=name, lang=taal)[name] == {language}
        own = heard(client, f"/v1/beroepen/{one.code}", lang=taal)
        assert own[name] == {language}
        assert all(own[item.tekst] == {item.taal} for item in one.competenties)


def test_what_is_typed_is_answered_with_the_language_of_the_name(
    client: httpx.Client, occupations: dict[str, Kwalificatie]
) -> None:
    for one in occupations.values():
        language, name = shown(one, "en")
        items = client.get("/v1/suggesties", params={"q": name}, headers={"Accept-Language": "en"}).json()["items"]
        assert {language: name} in [item["naam"] for item in items]


def test_a_value_of_a_table_says_its_language(client: httpx.Client, release: Release) -> None:
    asked = heard(client, "/v1/vragen/competenties-van-bk", bk="BK-0019-3", lang="fr")
    assert all(asked[one.tekst] == {"nl"} for one in release.catalogus().kwalificaties["BK-0019-3"].competenties)
    query = 'SELECT ?x { VALUES ?x { "Magasinier"@fr "Bakker"@nl "plain" } }'
    texts = heard(client, "/werkbank", query=query, uitvoeren="ja", lang="en")
    assert (texts["Magasinier"], texts["Bakker"], texts["plain"]) == ({"fr"}, {"nl"}, {"en"})
