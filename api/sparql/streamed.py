"""An answer that goes out while it is computed, and that nobody takes for whole when it is broken off."""

from __future__ import annotations

from fastapi.responses import StreamingResponse
from starlette.types import Send

from ..watch import log
from .engine import BrokenAnswerError


class Streamed(StreamingResponse):
    """The pieces of an answer as they come.

    One that is refused after its first bytes is left without its last message: the server then drops the connection,
    which is what tells a client so (RFC 9112 §8). The refusal is no fault of ours, so it is one line in the log.
    """

    async def stream_response(self, send: Send) -> None:
        """Send the pieces; stop where the answer is broken off."""
        try:
            await super().stream_response(send)
        except BrokenAnswerError as error:
            log.info("antwoord afgebroken", reden=str(error))
