"""The first byte of a SELECT of ten thousand rows, as `leerbrug bench api` measures it."""

from __future__ import annotations

from leerbrug.bench.api import first_byte


def test_the_first_byte_of_ten_thousand_rows_comes_though_the_last_row_never_does(address: str) -> None:
    found = first_byte(address)
    assert found.endless is not None
