"""What every test may use: the real data beside the project, and releases that are built once for a whole run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from leerbrug.errors import ReleaseError
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.lock import exclusive
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Release, Releases
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.vks import SOURCE
from pyoxigraph import Quad

from .servers import missing

# The same examples everywhere, so that CI sees what we saw; how long one takes says more of the machine than of us.
settings.register_profile(
    "leerbrug", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("leerbrug")

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LONGEST_BUILD = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: their loop keeps running in a worker, and beside it no test can start a loop of its own."""
    items.sort(key=lambda item: "pages" in item.path.parts)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data; a user does not have it (skip), CI must (fail)."""
    return REAL_DATA if REAL_DATA.is_dir() else missing("the real data beside the project")


@pytest.fixture(scope="session")
def vks_graph(real_data: Path) -> KnowledgeGraph:
    """The real qualifications as a graph in memory, by the loader alone."""
    store, names = EmbeddedStore.in_memory(), Names()
    store.oxigraph.bulk_extend(
        Quad(said.subject, said.predicate, said.object, names.graph("vks"))
        for record in SOURCE.records(real_data / "flanders-vks" / "api")
        for said in SOURCE.said(record, names)
        if isinstance(said, Statement)
    )
    return KnowledgeGraph(store, names)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Release]:
    """Builds release 1 of some sources under a name; the first worker that asks builds it, the others wait for it."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def build(name: str, *pairs: str) -> Release:
        folder = root / "releases" / name
        folder.mkdir(parents=True, exist_ok=True)
        with _held(folder.with_suffix(".slot")):
            if not list(Releases(folder)):
                _build(folder, pairs)
            return Releases(folder).current()

    return build


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    deadline = time.monotonic() + LONGEST_BUILD
    while True:
        holding = exclusive(lock)
        try:
            holding.__enter__()
            break
        except ReleaseError:
            assert time.monotonic() < deadline, f"another worker has been building at {lock} for too long"
            time.sleep(0.1)
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _build(folder: Path, pairs: tuple[str, ...]) -> None:
    from leerbrug.commands.build import chosen, sample
    from leerbrug.commands.making import make
    from leerbrug.commands.progress import Watch

    with Watch(quiet=True) as watch:
        made = make(list(chosen(list(pairs), sample() if not pairs else Path())), folder, Names(), watch)
    assert made.release, made.report.render()


@pytest.fixture(scope="session")
def sample_release(built_once: Callable[..., Release]) -> Release:
    """Release 1 of the sample, as `leerbrug build` makes it: shared by all tests, to be read only."""
    return built_once("sample")


@pytest.fixture(scope="session")
def real_release(built_once: Callable[..., Release], real_data: Path) -> Release:
    """Release 1 of the real answers of the VKS APIs: shared by all tests, to be read only."""
    return built_once("real", f"vks={real_data / 'flanders-vks' / 'api'}")


@pytest.fixture(scope="session")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Release], Path]:
    """A folder of releases with a shared release in it, for tests that write beside it: hard links, nothing copied."""

    def folder(release: Release) -> Path:
        made = tmp_path_factory.mktemp("releases")
        shutil.copytree(release.folder, made / release.folder.name, copy_function=os.link)
        return made

    return folder
