"""Harvest when the source misbehaves: what passes is tried again, what stays is named, nothing known is lost."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from leerbrug.errors import InputError
from leerbrug.loaders.harvest import Harvest, Manners

from .conftest import AANBOD, BK, KEY, SO


def test_a_dossier_that_is_no_base64_is_named(serve: Any, reasons: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.answers[f"{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier"]["content"] = "geen base64!"
    assert reasons(world.run(tmp_path, "curriculumdossiers")) == {
        "curriculumdossier ADV-0842": "de inhoud van het dossier is geen base64."
    }


@pytest.mark.parametrize("fault", ["status 429", "status 500", "status 503", "cut", "half", "slow"])
def test_a_passing_fault_is_tried_again(serve: Any, lines: Any, small: Any, tmp_path: Path, fault: str) -> None:
    world = serve(small())
    address = f"{SO}/structuuronderdeel/504"
    world.faults[address] = [fault, fault]
    manners = Manners(per_second=5000, timeout=2.0 if fault == "slow" else 60.0, attempts=4, backoff=0.01)
    summary = world.run(tmp_path, "structuuronderdelen", manners=manners)
    assert summary.failed == ()
    assert [asked for asked, _ in world.asked].count(address) == 3
    assert len(lines(tmp_path, "structuuronderdeel")) == 7


def test_the_pause_that_the_source_asks_for_is_kept(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 429 1"]
    start = time.monotonic()
    assert world.run(tmp_path, "structuuronderdelen").failed == ()
    assert time.monotonic() - start >= 1.0


def test_a_pause_beyond_reason_is_a_failure_not_a_sleep(serve: Any, reasons: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 429 86400"]
    summary = world.run(tmp_path, "structuuronderdelen")
    assert reasons(summary) == {"structuuronderdeel 504": "HTTP 429; de bron vraagt 86400 seconden te wachten."}


def test_requests_are_paced(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    start = time.monotonic()
    world.run(tmp_path, "structuuronderdelen", manners=Manners(per_second=20))
    assert time.monotonic() - start >= (len(world.asked) - 1) / 20


def test_a_lasting_fault_is_named_and_costs_nothing_else(
    serve: Any, lines: Any, reasons: Any, small: Any, tmp_path: Path
) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500"] * 9
    del world.answers[f"{BK}/BK-0002-2"]
    summary = world.run(tmp_path)
    assert reasons(summary) == {
        "structuuronderdeel 504": "HTTP 500, ook na 4 pogingen.",
        "beroepskwalificatie BK-0002-2": "HTTP 404 (31004: Er werd geen data gevonden).",
    }
    assert len(lines(tmp_path, "structuuronderdeel")) == 6
    assert len(lines(tmp_path, "beroepskwalificatie")) == 3, "BK-0464-1 is named by programme 504 alone"


def test_what_failed_keeps_the_answer_of_the_last_harvest(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.run(tmp_path, "structuuronderdelen")
    before = (tmp_path / "structuuronderdeel.jsonl.gz").read_bytes()
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500"] * 9
    summary = world.run(tmp_path, "structuuronderdelen")
    assert [failure.kept for failure in summary.failed] == [True]
    assert (tmp_path / "structuuronderdeel.jsonl.gz").read_bytes() == before


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("no next", "de lijst eindigt na 2 van de 5 items."),
        ("same page", "de lijst eindigt na 3 van de 5 items."),
        ("loop", "de lijst verwijst naar een pagina die al gelezen is."),
    ],
)
def test_a_list_that_is_cut_short_is_named_and_loses_nothing_known(
    serve: Any, lines: Any, reasons: Any, small: Any, tmp_path: Path, fault: str, reason: str
) -> None:
    world = serve(small())
    first, second = f"{SO}/structuuronderdeelgroep", f"{SO}/structuuronderdeelgroep?page=2&sort=titel%20asc"
    world.run(tmp_path, "structuuronderdelen")
    world.faults[first if fault == "no next" else second] = [fault]
    world.lists[first][1][0]["titel"] = "Nieuwe gist"
    world.lists[first][1][2]["titel"] = "Nieuwe gist"
    summary = world.run(tmp_path, "structuuronderdelen")
    assert reasons(summary)["groepen van structuuronderdelen"] == reason
    assert len(lines(tmp_path, "structuuronderdeelgroep")) == 5


def test_an_extra_page_that_repeats_gives_no_line_twice(serve: Any, reasons: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.lists[AANBOD][1].append(world.lists[AANBOD][1][0])
    world.lists[AANBOD][1].append({"administratievegroep_nummer": 12})
    summary = world.run(tmp_path, "administratievegroepen")
    assert summary.lines == {"administratievegroep": 4}
    assert reasons(summary) == {"administratieve groepen": "de lijst eindigt na 4 van de 5 items."}


def test_a_filter_that_the_source_ignores_is_seen_and_gives_no_wrong_line(
    serve: Any, reasons: Any, small: Any, tmp_path: Path
) -> None:
    world = serve(small())
    world.filters = False
    summary = world.run(tmp_path, "onderwijsdoelen")
    assert "negeert de filter structuuronderdeel_groep_nummer" in reasons(summary)["onderwijsdoelen per groep"]
    assert "onderwijsdoel-groep" not in summary.lines
    assert summary.lines["onderwijsdoel"] == 5


def test_a_list_of_another_shape_is_refused_by_name(serve: Any, reasons: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.lists[AANBOD] = ("iets_anders", world.lists[AANBOD][1])
    summary = world.run(tmp_path, "administratievegroepen")
    assert reasons(summary) == {
        "administratieve groepen": "de lijst staat niet onder gegevens of administratievegroepen."
    }


def test_the_key_goes_to_the_base_address_only(serve: Any, small: Any, bare: Any, tmp_path: Path) -> None:
    world, other = serve(small()), serve(bare)
    world.answers[f"{SO}/structuuronderdeel/504"]["structuuronderdeel_details"][0]["curriculumdossier"] = (
        f"{other.url}{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier"
    )
    assert world.run(tmp_path, "curriculumdossiers").failed == ()
    assert other.asked == []


def test_wrong_use_says_what_to_do_and_never_tells_the_key(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    for key, base, part in [
        ("", world.url, "trajecten"),
        ("met\nregel-en-geheim", world.url, "trajecten"),
        ("verkeerde-sleutel", world.url, "trajecten"),
        (KEY, "http://elders.example", "trajecten"),
        (KEY, world.url, "onbekend"),
    ]:
        with pytest.raises(InputError) as caught:
            Harvest(tmp_path, key, base, (part,), world.swift).run()
        assert caught.value.remedy
        assert not key or key not in str(caught.value)
        assert "geheim" not in str(caught.value)
    assert KEY not in repr(Harvest(tmp_path, KEY))


def test_a_folder_belongs_to_one_address(serve: Any, small: Any, tmp_path: Path) -> None:
    serve(small()).run(tmp_path, "trajecten")
    with pytest.raises(InputError, match="Kies met --into een andere map"):
        serve(small()).run(tmp_path, "trajecten")


def test_a_source_that_is_not_there_is_named(reasons: Any, bare: Any, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    summary = Harvest(tmp_path, KEY, base, ("trajecten",), bare.swift).run()
    assert reasons(summary) == {
        "opleidingstrajecten, pagina 1": "geen volledig antwoord (ConnectError), ook na 4 pogingen."
    }
