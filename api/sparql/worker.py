"""The process that answers questions of one release: nothing else can end a query that runs too long.

It reads one question a line (JSON) on its standard input and writes frames on its standard output: a letter, four
bytes of length, and the payload. `R` ready, `H` the head of an answer, `D` a piece of it, `E` its end, `X` a refusal.
It imports little, so that another is there in a fraction of a second. Once its store is open it can open no file and
no socket any more, and it may not use more memory than one question may.
"""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata  # noqa: F401 - urllib.parse asks for it late, when no file can be opened any more
from collections.abc import Iterator
from contextlib import AbstractContextManager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import QueryResultsFormat, QuerySolutions, Triple, serialize

from ...errors import LeerbrugError, QueryTimeoutError, StoreFailedError
from . import formats
from .asking import Asking, asking
from .guard import check
from .refusal import Refusal, short
from .tally import Tally

PIECE = 64 * 1024
"""Bytes in one frame, so that a frame costs little."""

RETRY = 5
"""Seconds after which a server that failed may be asked again."""

SOON = 0.1
"""Seconds after which a piece goes out though it is not full."""


class Frames:
    """Where an answer is written: counts its rows and bytes, and stops it when there are too many."""

    def __init__(self, stream: IO[bytes], tally: Tally | None, rows: int, answer: int) -> None:
        self._stream, self._tally, self._rows, self._answer = stream, tally, rows, answer
        self._piece, self._since, self._bytes = bytearray(), time.monotonic(), 0
        self.refusal: Refusal | None = None

    def write(self, chunk: bytes) -> int:
        """Write a piece of the answer. Raises OSError once a limit is passed, for the engine to stop."""
        self._bytes += len(chunk)
        if self._tally and self._tally.feed(chunk) > self._rows:
            self.stop(Refusal.too_much(f"{self._rows} rijen"))
        if self._bytes > self._answer:
            self.stop(Refusal.too_much(f"{self._answer // 2**20} MiB"))
        self._piece += chunk
        if len(self._piece) >= PIECE or time.monotonic() - self._since > SOON:
            self.flush()
        return len(chunk)

    def stop(self, refusal: Refusal) -> None:
        """Remember why, and have the engine stop."""
        self.refusal = refusal
        raise OSError(refusal.detail)

    def flush(self) -> None:
        """Send what is there."""
        if self._piece:
            frame(self._stream, b"D", bytes(self._piece))
        self._piece, self._since = bytearray(), time.monotonic()


def frame(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one frame."""
    stream.write(kind + len(payload).to_bytes(4, "big") + payload)
    stream.flush()


def answer(store: Asking, question: dict[str, Any], stream: IO[bytes]) -> None:
    """Answer one question in frames: its head, its pieces, its end; or a refusal, at any moment."""
    try:
        _answer(store, question, stream)
        frame(stream, b"E")
    except Refusal as refusal:
        said = {"status": int(refusal.status), "detail": refusal.detail, "retry": refusal.retry}
        frame(stream, b"X", json.dumps(said).encode())


def _answer(store: Asking, question: dict[str, Any], stream: IO[bytes]) -> None:
    try:
        with _found(store, question) as found:
            _said(found, question, stream, store.prefixes)
    except SyntaxError as error:
        raise Refusal.bad(f"De SPARQL-vraag is niet geldig: {short(str(error))}.") from error
    except QueryTimeoutError as error:
        raise Refusal(HTTPStatus.GATEWAY_TIMEOUT, error.message) from error
    except StoreFailedError as error:  # what it says of itself is not for everyone
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, error.message, retry=RETRY) from error
    except LeerbrugError as error:
        raise Refusal.bad(error.message) from error
    except (ValueError, RuntimeError) as error:  # of the engine: a function that it does not know
        raise Refusal.bad(f"De SPARQL-vraag kan niet beantwoord worden: {short(str(error))}.") from error


def _said(found: Any, question: dict[str, Any], stream: IO[bytes], prefixes: dict[str, str]) -> None:
    """Write the answer in the format that is asked. Raises Refusal."""
    rows, offered = question["rows"], _offered(found)
    form = formats.choose(offered, question["accept"], question["format"])
    if form is None:
        detail = f"Dit antwoord kan alleen als {formats.names(offered)}."
        raise Refusal(HTTPStatus.NOT_ACCEPTABLE, detail)
    frame(stream, b"H", json.dumps({"media": form.media, "variables": _variables(found)}).encode())
    out = Frames(stream, _tally(found, form), rows, question["answer"])
    _write(found, form, out, rows, prefixes)
    out.flush()


def _tally(found: object, form: formats.Format) -> Tally | None:
    rows = isinstance(found, QuerySolutions)
    return Tally(form.engine) if rows and isinstance(form.engine, QueryResultsFormat) else None


def _found(store: Asking, question: dict[str, Any]) -> AbstractContextManager[Any]:
    if "graph" in question:
        if question["graph"] and question["graph"] not in store.graphs:
            raise Refusal(HTTPStatus.NOT_FOUND, f"De graaf <{short(question['graph'])}> is niet in deze release.")
        return store.graph(question["graph"])
    default, named = question["default"], question["named"]
    check(question["query"], (*default, *named), store.graphs, store.prefixes)
    return store.ask(question["query"], default, named, question["base"])


def _offered(found: object) -> tuple[formats.Format, ...]:
    if isinstance(found, QuerySolutions):
        return formats.ROWS
    return formats.TRUTHS if isinstance(found, bool) else formats.TRIPLES


def _variables(found: object) -> list[str]:
    return [variable.value for variable in found.variables] if isinstance(found, QuerySolutions) else []


TRUTH = {
    QueryResultsFormat.JSON: '{{"head":{{}},"boolean":{}}}',
    QueryResultsFormat.XML: '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    "<head></head><boolean>{}</boolean></sparql>",
}


def _write(found: Any, form: formats.Format, out: Frames, rows: int, prefixes: dict[str, str]) -> None:
    try:
        if isinstance(found, bool):
            out.write(TRUTH[form.engine].format("true" if found else "false").encode())  # type: ignore[index]
        elif isinstance(form.engine, QueryResultsFormat):
            found.serialize(out, form.engine)
        else:
            serialize(_counted(found, rows, out), cast("IO[bytes]", out), form.engine, prefixes=prefixes)
    except (SyntaxError, LeerbrugError):  # of a server that we ask
        raise
    except Exception as error:
        if out.refusal:
            raise out.refusal from error
        detail = f"De vraag kon niet beantwoord worden: {short(str(error))}."
        raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, detail) from error


def _counted(triples: Iterator[Triple], rows: int, out: Frames) -> Iterator[Triple]:
    for number, triple in enumerate(triples, start=1):
        if number > rows:
            out.stop(Refusal.too_much(f"{rows} triples"))
        yield triple


def confine(memory: int, embedded: bool) -> None:
    """Take from this process what a question may not have; where the system cannot (Windows), processes still end."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        limit = int(statm.read_text().split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    if embedded:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # the files it has stay open, others cannot be


def main() -> None:
    """Serve questions until the standard input ends."""
    place = json.loads(sys.argv[1])
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not part of an answer
    store = asking(place)
    confine(place["memory"], "folder" in place)
    frame(stream, b"R", json.dumps(sorted(store.graphs)).encode())
    for line in sys.stdin.buffer:
        answer(store, json.loads(line), stream)


if __name__ == "__main__":
    main()
