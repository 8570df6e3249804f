"""An answer that goes out while it is computed, and that nobody takes for whole when it is broken off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ..watch import log
from .engine import BrokenAnswerError, Pieces

GRACE = 1.0
"""Seconds after its deadline that the last bytes of an answer may take to be read."""


class Streamed(StreamingResponse):
    """The pieces of an answer as they come, until a moment (of `time.monotonic`).

    One that is refused after its first bytes is left without its last message: the server then drops the connection,
    which is what tells a client so (RFC 9112 §8). The refusal is no fault of ours, so it is one line in the log. A
    client that does not read holds a process no longer than one whose question runs too long.
    """

    def __init__(self, pieces: Pieces, until: float, media: str, headers: Mapping[str, str]) -> None:
        super().__init__(pieces, media_type=media, headers=headers)
        self.pieces, self._until = pieces, until

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and give back what it holds however that ends."""
        try:
            async with asyncio.timeout(self._until - time.monotonic() + GRACE):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            log.info("antwoord afgebroken", reden="De client las het niet op tijd.")
        finally:
            await asyncio.shield(self.pieces.aclose())

    async def stream_response(self, send: Send) -> None:
        """Send the pieces; stop where the answer is broken off."""
        try:
            await super().stream_response(send)
        except BrokenAnswerError as error:
            log.info("antwoord afgebroken", reden=str(error))
