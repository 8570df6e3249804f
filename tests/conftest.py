"""What every test may use: the real data beside the project, where it is, and nothing made up in its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data; a user does not have it (skip), CI must (fail)."""
    if not REAL_DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI runs without the real data")
        pytest.skip("the real data is not beside the project")
    return REAL_DATA
