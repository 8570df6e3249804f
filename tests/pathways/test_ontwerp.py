"""Design questions on the real graph: what one link opens, what breaks, where lines stop."""

from __future__ import annotations

import msgspec
import pytest
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.ontwerp import Ontwerper

JAAR = 2027


@pytest.fixture(scope="module")
def ontwerper(catalogus: Catalogus) -> Ontwerper:
    return Ontwerper(Aanbod(catalogus), JAAR)


def zonder(catalogus: Catalogus, programma: str) -> Aanbod:
    programmas = {code: each for code, each in catalogus.programmas.items() if code != programma}
    return Aanbod(msgspec.structs.replace(catalogus, programmas=programmas))


def test_the_line_of_magazijnmedewerker_hangs_on_one_programme_and_stops_without_it(
    ontwerper: Ontwerper, catalogus: Catalogus
) -> None:
    """The whole real graph has Logistiek duaal, which the rows of the domain note lack: there the line stops."""
    heel = {each.code: each for each in ontwerper.leerlijn_hiaten() if each.soort in ("loopt-dood", "enkele-schakel")}
    assert (heel["167"].soort, heel["167"].via) == ("enkele-schakel", ("152",))
    assert "Logistiek duaal" in heel["167"].tekst["nl"]
    gelezen = Ontwerper(zonder(catalogus, "152"), JAAR).leerlijn_hiaten()
    assert ("loopt-dood", "167") in {(each.soort, each.code) for each in gelezen}


def test_a_line_that_goes_on_by_more_than_one_programme_is_no_gap(ontwerper: Ontwerper) -> None:
    gemeld = {each.code for each in ontwerper.leerlijn_hiaten() if each.soort in ("loopt-dood", "enkele-schakel")}
    tweede = {h.programma for h, _ in ontwerper._opleidingen("2")}
    assert gemeld < tweede


def test_a_bk_that_opens_fietsinstallaties_is_not_without_onward(ontwerper: Ontwerper) -> None:
    dood = {each.code for each in ontwerper.leerlijn_hiaten() if each.soort == "bk-zonder-vervolg"}
    assert "BK-0117" not in dood
    assert "BK-0480" in dood


def test_the_end_of_a_programme_is_what_a_release_without_it_loses(ontwerper: Ontwerper, catalogus: Catalogus) -> None:
    (breuk,) = ontwerper.robuust(["99"])
    anders = Ontwerper(zonder(catalogus, "99"), JAAR)
    for profiel in ontwerper.profielen():
        verlies = ontwerper.bereik(profiel.feiten) - anders.bereik(profiel.feiten)
        verlies = {feit for feit in verlies if feit.startswith(("bk:", "ok:", "toegang:")) and feit[-1] != "@"}
        assert (profiel.code in breuk.profielen) == bool(verlies)
        assert verlies <= set(breuk.verloren)
    assert "bk:BK-0480-1" in breuk.verloren


def test_what_robust_skips_is_never_a_loss(ontwerper: Ontwerper) -> None:
    gemeld = {breuk.programma for breuk in ontwerper.robuust()}
    profielen = ontwerper.profielen()[::12]
    heel = {profiel: ontwerper.bereik(profiel.feiten) for profiel in profielen}
    for programma in sorted({handeling.programma for handeling, _ in ontwerper.stappen} - gemeld)[::25]:
        for profiel in profielen:
            verlies = heel[profiel] - ontwerper.bereik(profiel.feiten, zonder=programma)
            assert not {feit for feit in verlies if feit.startswith(("bk:", "ok:", "toegang:"))}
