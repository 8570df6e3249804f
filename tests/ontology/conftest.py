"""The reasoner starts a Java for each question: a short-lived one, so without the compiler for long runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def short_lived_java() -> Iterator[None]:
    """Halves the time of each question on a small machine; what is answered does not depend on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield
