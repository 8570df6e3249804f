"""The table of contents: each command says what it is, starts without the others, and ends with the code it should."""

from __future__ import annotations

import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from leerbrug.cli import Commands

HEAVY = ("fastapi", "rdflib", "numba", "ortools", "owlready2", "networkx", "pyoxigraph", "sqlalchemy", "lxml")


def leerbrug(*arguments: str) -> subprocess.CompletedProcess[str]:
    start = [sys.executable, "-c", "from leerbrug.cli import main; main()", *arguments]
    return subprocess.run(start, capture_output=True, encoding="utf-8", check=False, timeout=120)


@pytest.mark.parametrize("name", Commands.table)
def test_the_table_says_of_a_command_what_it_says_of_itself(name: str) -> None:
    module = import_module(f"leerbrug.commands.{name.replace('-', '_')}")
    command = getattr(module, name.replace("-", "_"), None)
    said = " ".join((command.__doc__ if command else module.app.info.help).split())
    assert said.startswith(Commands.table[name].removesuffix("."))


def test_every_command_module_is_in_the_table_or_serves_others() -> None:
    folder = Path(str(import_module("leerbrug.commands").__file__)).parent
    commands = {
        path.stem.replace("_", "-")
        for path in folder.glob("*.py")
        if path.read_text(encoding="utf-8").startswith(f'"""`leerbrug {path.stem.replace("_", "-")}`')
    }
    assert commands == set(Commands.table)


def test_help_starts_without_what_the_commands_need() -> None:
    code = "import sys; from leerbrug.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    assert all(name in shown for name in Commands.table)
    assert not set(HEAVY) & set(shown.split())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--help",), 0, "leertraject"),
        (("build", "--help"), 0, "--into"),
        (("bench", "load", "--help"), 0, "--source"),
        (("bouw",), 2, "Het commando bouw bestaat niet. Zie `leerbrug --help`."),
        (("bench", "lod"), 2, "Het commando lod bestaat niet. Bedoelde je load? Zie `leerbrug bench --help`."),
        (("--nee",), 2, "De optie --nee bestaat niet. Zie `leerbrug --help`."),
        (("build", "--nee"), 2, "De optie --nee bestaat niet. Zie `leerbrug build --help`."),
        (("brug",), 2, "van: Dit argument ontbreekt. Zie `leerbrug brug --help`."),
        (("brug", "a", "b", "c"), 2, "Dit is te veel: c."),
        (("brug", "--on"), 2, "Achter --on ontbreekt een waarde."),
        (("brug", "a", "b", "--on", "2026-13-01"), 2, "--on: 2026-13-01 is geen dag; schrijf er een als 2026-09-01."),
        (("kloof", "a", "b", "--criterium", "x"), 2, "--criterium: x is geen keuze; kies uit aantal, dubbel, uren."),
        (("serve", "--port", "0"), 2, "--port: Geef minstens 1."),
        (("serve", "--port", "x"), 2, "--port: Dit is geen geheel getal."),
        (("build", "--source", "onzin"), 2, "Schrijf SLEUTEL=PAD"),
        (("check", "/bestaat/niet"), 2, "Dit pad bestaat niet"),
        (("releases", "--verify", "--data", "/bestaat/niet"), 0, "Nog geen releases"),
    ],
)
def test_a_command_ends_with_its_code_and_never_with_a_traceback(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    ended = leerbrug(*arguments)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_named_before_the_server_says_that_it_is_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        ended = leerbrug("serve", "--port", port)
    assert ended.returncode == 2
    assert f"poort {port}" in ended.stderr
    assert "in gebruik" in ended.stderr
    assert "staat klaar" not in ended.stdout
