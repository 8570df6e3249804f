"""One server and one browser for all tests of pages: Debian's chromium, our server, the sample and the real graph."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from leerbrug.graph.releases import Release
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from ..servers import free_port, missing
from .sectorzaal import Serving, Visitor, Zaal, geopend, go

ROOT = Path(__file__).resolve().parents[2]
LEERBRUG = (sys.executable, "-c", "from leerbrug.cli import main; main()")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = ROOT / "api" / "front" / "node_modules" / "axe-core" / "axe.min.js"
BUNDLE = ROOT / "api" / "static" / "vendor" / "leerbrug.js"


@contextmanager
def serving(releases: Path) -> Iterator[str]:
    """Our server on a free port; its address."""
    port = free_port()
    command = [*LEERBRUG, "serve", "--data", str(releases), "--port", str(port)]
    log = releases / "server.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}/v1/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


PATIENCE = 40_000
"""Milliseconds to wait for a page: how fast it is, a bench measures; a busy machine must not fail a test."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def serving_at() -> Callable[[Path], AbstractContextManager[str]]:
    """Runs a server on a folder of releases, for tests that need one of their own."""
    return serving


@pytest.fixture(scope="session")
def sample(sample_release: Release, own_folder: Callable[[Release], Path]) -> Iterator[str]:
    """The address of a server with the sample."""
    with serving(own_folder(sample_release)) as address:
        yield address


@pytest.fixture(scope="session")
def real(real_release: Release, own_folder: Callable[[Release], Path]) -> Iterator[str]:
    """The address of a server with the real VKS."""
    with serving(own_folder(real_release)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    if not CHROMIUM.is_file():
        missing("chromium (sh tests/debian.sh)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def script() -> None:
    """The modules of the pages were built (make front); without npm a person skips their tests, CI fails."""
    if not BUNDLE.is_file() or not AXE.is_file():
        missing("the modules of the pages (make front)")


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts; what a page complains of on its console is a failure."""
    made: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not re.search("status of 4|Status Error Code 4", message.text):
            complaints.append(message.text)

    def make(**options: Any) -> BrowserContext:
        new = browser.new_context(**{"locale": "nl-BE", "viewport": {"width": 1280, "height": 900}, **options})
        new.set_default_timeout(PATIENCE)
        new.on("console", heard)
        new.on("weberror", lambda error: complaints.append(str(error.error)))
        made.append(new)
        return new

    yield make
    for each in made:
        each.close()
    assert not complaints, complaints


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Page:
    """A page as most people see it."""
    return context().new_page()


@pytest.fixture
def plain(context: Callable[..., BrowserContext]) -> Page:
    """A page without JavaScript."""
    return context(java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def zaal(sample_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    """A server on the sample where sectors meet; each test decides on lines of its own."""
    yield from geopend(own_folder(sample_release), serving_at)


@pytest.fixture(scope="session")
def echte_zaal(real_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    """The same on the real graph."""
    yield from geopend(own_folder(real_release), serving_at)


@pytest.fixture
def visitor(context: Callable[..., BrowserContext]) -> Visitor:
    """Opens a browser of somebody of their own; signed in where a name is given."""

    def open_(zaal: Zaal, naam: str = "", **options: Any) -> Page:
        page = context(**options).new_page()
        if naam:
            page.goto(zaal.home + "/sector/aanmelden")
            page.get_by_label("Uw token").fill(zaal.tokens[naam])
            go(page.get_by_role("button", name="Meld aan"))
            expect(page.get_by_text(f"Aangemeld als {naam}")).to_be_visible()
        return page

    return open_
