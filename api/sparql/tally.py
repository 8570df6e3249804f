"""Counting rows in an answer while it is written, in every format, without holding it."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat


class Tally:
    """Counts the rows in the bytes that Oxigraph's writer of one format makes.

    >>> tally = Tally(QueryResultsFormat.CSV)
    >>> tally.feed(b'naam\\r\\n"een\\nregel"\\r\\nKok\\r\\n')
    2
    """

    def __init__(self, form: QueryResultsFormat) -> None:
        self.rows = -1 if form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV) else 0
        self._count = {
            QueryResultsFormat.CSV: self._csv,
            QueryResultsFormat.TSV: self._tsv,
            QueryResultsFormat.XML: self._xml,
            QueryResultsFormat.JSON: self._json,
        }[form]
        self._rest, self._quoted = b"", 0
        if form == QueryResultsFormat.JSON:
            self.rows = -1

    def feed(self, chunk: bytes) -> int:
        """Count this chunk too; the number of rows begun or ended so far."""
        self._count(chunk)
        return max(self.rows, 0)

    def _outside(self, chunk: bytes) -> bytes:
        """What stands outside quotes; a doubled quote closes and opens again."""
        pieces = chunk.split(b'"')
        outside = b'"'.join(pieces[self._quoted :: 2])
        self._quoted = (self._quoted + len(pieces) - 1) % 2
        return outside

    def _csv(self, chunk: bytes) -> None:
        self.rows += self._outside(chunk).count(b"\n")

    def _tsv(self, chunk: bytes) -> None:
        self.rows += chunk.count(b"\n")

    def _xml(self, chunk: bytes) -> None:
        """A result opens with a tag that no text can hold unescaped."""
        tag = b"<result>"
        text = self._rest + chunk
        self.rows += text.count(tag)
        self._rest = text[len(text) - len(tag) + 1 :] if len(text) >= len(tag) else text

    def _json(self, chunk: bytes) -> None:
        """A row is the only object that does not follow a colon, but for the document itself."""
        text = self._rest + chunk
        whole = len(text) - (len(text) - len(text.rstrip(b"\\"))) % 2
        text, self._rest = text[:whole], text[whole:]
        plain = self._outside(text.replace(b"\\\\", b"").replace(b'\\"', b""))
        self.rows += plain.count(b"{") - plain.count(b":{")
        if plain.endswith(b":") and not self._quoted:
            self._rest = b":" + self._rest
