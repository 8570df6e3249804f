"""The body of another server's answer, read as it comes, and no longer or further than an answer may go."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

import httpx

from ..errors import QueryTimeoutError, StoreError, StoreFailedError

PARTIAL = ("x-sparql-maxrows", "x-sparql-anytime")
"""The headers by which Virtuoso says that it answers with a part of the rows (with status 200)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What an answer may cost: `seconds` from the question to its last byte, and that many bytes."""

    seconds: float = 60.0
    answer: int = 256 * 2**20


class Body(io.RawIOBase):
    """A body that ends in an error where it takes too long, is too large or breaks off."""

    def __init__(self, answer: httpx.Response, until: float, largest: int) -> None:
        chunks = answer.iter_bytes()
        self._chunks = mended(chunks) if "json" in answer.headers.get("content-type", "") else chunks
        self._until, self._left = until, largest
        self._rest, self._place = memoryview(b""), str(answer.url)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Put the next bytes there. Raises QueryTimeoutError and StoreError."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left -= len(chunk)
            if time.monotonic() > self._until:
                raise too_late(self._place)
            if self._left < 0:
                raise StoreError("Het antwoord van de server is te groot.", place=self._place, remedy="Vraag minder.")
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


_NODE = re.compile(rb'("bnode"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}")nodeID://')
_LONGEST = 80
"""Bytes that hold any match of it."""


def mended(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Results in JSON, with the blank nodes of Virtuoso 7 (nodeID://b1) written as they are elsewhere (b1).

    >>> b"".join(mended(iter([b'{"type": "bnode", "value": "node', b'ID://b1"}'])))
    b'{"type": "bnode", "value": "b1"}'
    """
    held = b""
    for chunk in chunks:
        text = _NODE.sub(rb"\1", held + chunk)
        whole = max(0, len(text) - _LONGEST)
        yield text[:whole]
        held = text[whole:]
    yield held


def too_late(place: str) -> QueryTimeoutError:
    """The server did not answer in time."""
    return QueryTimeoutError("De server antwoordt niet op tijd.", place=place)


@contextmanager
def reading(client: httpx.Client, request: httpx.Request, patience: Patience) -> Iterator[IO[bytes]]:
    """The body of the answer to a request, open until the block ends: then the server may stop.

    Raises StoreError where the server refuses or the answer is too large, StoreFailedError where it cannot be reached,
    fails, breaks off or says that it gave a part only, and QueryTimeoutError where it takes too long; in the block too,
    while the body is read.
    """
    place, until = str(request.url), time.monotonic() + patience.seconds
    try:
        answer = client.send(request, stream=True)
        try:
            _check(answer, place)
            yield cast("IO[bytes]", Body(answer, until, patience.answer))
        finally:
            answer.close()
    except httpx.TimeoutException as error:
        raise too_late(place) from error
    except httpx.RemoteProtocolError as error:
        raise StoreFailedError("De server brak zijn antwoord af.", place=place) from error
    except httpx.HTTPError as error:
        raise StoreFailedError("De server is niet bereikbaar.", place=place, remedy=f"{error}.") from error


def _check(answer: httpx.Response, place: str) -> None:
    if not answer.is_success:
        said = next(answer.iter_bytes(500), b"").decode(errors="replace")
        kind = StoreFailedError if answer.is_server_error else StoreError
        raise kind(f"De server weigert ({answer.status_code}).", place=place, remedy=said)
    if answer.status_code == httpx.codes.PARTIAL_CONTENT or any(name in answer.headers for name in PARTIAL):
        remedy = "Vraag minder, of laat de server meer rijen en tijd toe."
        raise StoreFailedError("De server gaf maar een deel van het antwoord.", place=place, remedy=remedy)
