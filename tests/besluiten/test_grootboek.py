"""The ledger on SQLite and PostgreSQL: nothing is lost, nothing is changed, and what is forged is found."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from leerbrug.besluiten.grootboek import Grootboek, Voorstel
from leerbrug.besluiten.soorten import Bereik, Bereiksoort, Instantie, Instantiesoort, Mandaat, Rol, Wie
from leerbrug.besluiten.tabellen import ALLEEN_ERBIJ
from leerbrug.besluiten.toestand import Handeling
from leerbrug.besluiten.tokens import Tokens
from leerbrug.errors import BesluitError, GrootboekError, StoreError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

WRITER = Path(__file__).with_name("schrijver.py")
WIE = Wie(Rol.BEHEERDER, "Toets")
GEZEGD = Mandaat(instantie=Instantie(Instantiesoort.SECTOR, "bouw"), bereik=Bereik(Bereiksoort.PROGRAMMA))


def add(boek: Grootboek, *objects: str, key: str = "", asked: str = "") -> list[Any]:
    inhoud = {"besluit": GEZEGD, "toestand": "bekrachtigd"}
    proposed = [Voorstel(one, "mandaat", 1, Handeling.LEG_VAST, WIE, inhoud) for one in objects]
    return boek.schrijf(lambda _stand, _moment: proposed, key, asked)


def start(url: str, name: str, threads: int, each: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), url, name, str(threads), str(each)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def without_guards(boek: Grootboek, *deeds: str) -> None:
    """What somebody does who has the database itself and takes its triggers away."""
    with boek.engine.connect() as connection:
        if boek.engine.dialect.name == "sqlite":
            for deed in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER grootboek_{deed}"))
        else:
            connection.execute(text("ALTER TABLE grootboek DISABLE TRIGGER USER"))
        for deed in deeds:
            connection.exec_driver_sql(deed)
        connection.commit()


def test_two_hundred_writers_at_once_lose_nothing_and_break_nothing(url: str) -> None:
    Grootboek.open(url).close()
    writers = [start(url, f"p{number}", 25, 2) for number in range(8)]
    said = [line for writer in writers for line in writer.communicate(timeout=240)[0].split()]
    assert [writer.returncode for writer in writers] == [0] * 8
    assert len(said) == len(set(said)) == 400
    boek = Grootboek.open(url)
    assert boek.verifieer() == 400
    assert {regel.object for regel in boek.regels()} == set(said)
    assert [regel.nummer for regel in boek.regels()] == list(range(1, 401))
    boek.close()


def test_a_killed_writer_loses_nothing_that_was_acknowledged(url: str) -> None:
    Grootboek.open(url).close()
    for turn in range(3):
        with start(url, f"w{turn}", 4, 0) as writer:
            assert writer.stdout is not None
            heard = [writer.stdout.readline().strip() for _ in range(40 + 7 * turn)]
            writer.kill()
            heard += writer.stdout.read().split("\n")[:-1]
        boek = Grootboek.open(url)
        written = {regel.object for regel in boek.regels()}
        assert set(filter(None, heard)) <= written
        assert boek.verifieer() == len(written)
        add(boek, f"daarna-{turn}")
        boek.close()


@pytest.mark.parametrize("table", ALLEEN_ERBIJ)
def test_the_database_itself_refuses_to_change_or_take_away(grootboek: Grootboek, table: str) -> None:
    add(grootboek, "een")
    tokens = Tokens(grootboek.engine)
    _, token = tokens.maak(Rol.BEHEERDER, "Beheer")
    tokens.trek_in(token.id)
    column = {"grootboek": "inhoud", "token": "naam", "tokenintrekking": "tijdstip"}[table]
    for deed in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with grootboek.engine.connect() as connection, pytest.raises(DBAPIError, match="alleen toegevoegd"):
            connection.execute(text(deed))
    assert grootboek.verifieer() == 1


FORGERIES = {
    "an edited content": (["UPDATE grootboek SET inhoud = '{\"besluit\":1}' WHERE nummer = 3"], "Regel 3 .*vervalst"),
    "another author": (["UPDATE grootboek SET naam = 'Iemand' WHERE nummer = 2"], "Regel 2 .*vervalst"),
    "another moment": (["UPDATE grootboek SET tijdstip = '2020' WHERE nummer = 5"], "Regel 5 .*vervalst"),
    "a row taken away": (["DELETE FROM grootboek WHERE nummer = 3"], "Regel 3 ontbreekt"),
    "the first row taken away": (["DELETE FROM grootboek WHERE nummer = 1"], "Regel 1 ontbreekt"),
    "a row taken away and the rest moved up": (
        [
            "DELETE FROM grootboek WHERE nummer = 3",
            "UPDATE grootboek SET nummer = 3 WHERE nummer = 4",
            "UPDATE grootboek SET nummer = 4 WHERE nummer = 5",
        ],
        "Regel 3 .*volgt niet",
    ),
    "two rows exchanged": (
        [
            "UPDATE grootboek SET nummer = 99 WHERE nummer = 2",
            "UPDATE grootboek SET nummer = 2 WHERE nummer = 3",
            "UPDATE grootboek SET nummer = 3 WHERE nummer = 99",
        ],
        "Regel 2 .*volgt niet",
    ),
    "a seal that is made up": (["UPDATE grootboek SET hash = 'abc' WHERE nummer = 4"], "Regel 4 .*vervalst"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_is_forged_is_found_and_named(grootboek: Grootboek, name: str) -> None:
    add(grootboek, "een", "twee", "drie", "vier", "vijf")
    assert grootboek.verifieer() == 5
    deeds, said = FORGERIES[name]
    without_guards(grootboek, *deeds)
    with pytest.raises(GrootboekError, match=said):
        grootboek.verifieer()


def test_a_lost_tail_is_found_by_an_anchor(grootboek: Grootboek) -> None:
    add(grootboek, "een", "twee", "drie")
    anchor = grootboek.kop()
    without_guards(grootboek, "DELETE FROM grootboek WHERE nummer = 3")
    assert grootboek.verifieer() == 2, "the chain alone cannot know of what came after"
    with pytest.raises(GrootboekError, match="Regel 3"):
        grootboek.verifieer([anchor])


def test_all_or_nothing(grootboek: Grootboek) -> None:
    def fails(_stand: object, _moment: object) -> list[Voorstel]:
        raise BesluitError("neen")

    with pytest.raises(BesluitError):
        grootboek.schrijf(fails)
    add(grootboek, "een")
    assert [regel.nummer for regel in grootboek.regels()] == [1]


def test_the_same_key_does_it_once_and_another_question_with_it_is_refused(grootboek: Grootboek) -> None:
    first = add(grootboek, "een", "twee", key="k", asked="a")
    assert add(grootboek, "drie", key="k", asked="a") == first
    assert grootboek.verifieer() == 2
    with pytest.raises(BesluitError, match="al gebruikt"):
        add(grootboek, "drie", key="k", asked="b")
    other = Grootboek(grootboek.engine)
    assert add(other, "vier", key="k", asked="a") == first, "another process knows the key too"


def test_two_processes_see_each_other(url: str) -> None:
    one, other = Grootboek.open(url), Grootboek.open(url)
    add(one, "een")
    add(other, "twee")
    add(one, "drie")
    for boek in (one, other):
        assert list(boek.stand().stukken) == ["een", "twee", "drie"]
        assert boek.kop()[0] == 3
        boek.close()


def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "geen.sqlite").write_text("dit is geen databank, al staat er genoeg in om het te proberen" * 20)
    with pytest.raises(StoreError, match="databank"):
        Grootboek.open(f"sqlite:///{tmp_path / 'geen.sqlite'}")
    with pytest.raises(StoreError):
        Grootboek.open("nergens://x")


def test_opening_again_changes_nothing(url: str) -> None:
    boek = Grootboek.open(url)
    add(boek, "een")
    boek.close()
    began = time.monotonic()
    boek = Grootboek.open(url)
    assert boek.verifieer() == 1
    assert time.monotonic() - began < 60, "no lock is waited for"
    boek.close()
