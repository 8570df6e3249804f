"""One polite request at a time: paced, retried with back-off, conditional, and never telling the key."""

from __future__ import annotations

import contextlib
import email.utils
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from ..errors import InputError, LeerbrugError

MAX_BODY = 64 * 2**20
"""Bytes in one answer; the largest real one, a Word file in base64, is under one MiB."""

LOCAL = ("localhost", "127.0.0.1", "::1")


class AnswerError(LeerbrugError):
    """One address gave no usable answer, after all attempts; the harvest names it and goes on."""

    def __init__(self, message: str, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave: requests a second, seconds until giving up on one, attempts, first pause and longest pause."""

    per_second: float = 4.0
    timeout: float = 60.0
    attempts: int = 6
    backoff: float = 1.0
    longest: float = 120.0


@dataclass(frozen=True, slots=True)
class Fresh:
    """An answer with the validators by which it can be asked again; `body` is None where it did not change (304)."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class Client:
    """Asks addresses below one base address.

    The key goes into one header of requests to that base and nowhere else: redirects are not followed, links lose
    their host, and no error carries a header. `sleep` and `clock` are the machine's, unless a test gives its own.
    """

    base_url: str
    key: str = field(repr=False)
    manners: Manners = field(default_factory=Manners)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _http: httpx.Client = field(init=False, repr=False)
    _next: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        check_base(self.base_url)
        self._http = httpx.Client(
            base_url=self.base_url,
            headers={"x-api-key": check_key(self.key), "accept": "application/json", "user-agent": "leerbrug-harvest"},
            timeout=self.manners.timeout,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def ask(self, address: str, *, etag: str = "", modified: str = "") -> Fresh:
        """The answer at an address, asked again until it is whole.

        429, 5xx, a time-out, a broken connection and a body that is cut short are tried again, after `Retry-After`
        where given and else after a pause that doubles. Raises AnswerError when that does not help or the answer is
        another error, and InputError where the key is refused.
        """
        reason = ""
        for attempt in range(self.manners.attempts):
            pause: float | None = None
            try:
                return self._once(address, {"if-none-match": etag, "if-modified-since": modified})
            except _AgainError as again:
                reason, pause = again.reason, again.pause
            except httpx.TransportError as error:
                reason = f"geen volledig antwoord ({type(error).__name__})"
            pause = self.manners.backoff * 2**attempt if pause is None else pause
            if pause > self.manners.longest:
                raise AnswerError(f"{reason}; de bron vraagt {pause:.0f} seconden te wachten.")
            if attempt + 1 < self.manners.attempts:
                self.sleep(pause)
        raise AnswerError(f"{reason}, ook na {self.manners.attempts} pogingen.")

    def _once(self, address: str, conditions: dict[str, str]) -> Fresh:
        self._pace()
        headers = {name: value for name, value in conditions.items() if value}
        with self._http.stream("GET", address, headers=headers) as answer:
            _refuse(answer)
            etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
            if answer.status_code == httpx.codes.NOT_MODIFIED and not headers:
                raise AnswerError("de bron noemt ongewijzigd wat we nog niet hebben.")
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fresh(None, etag or conditions["if-none-match"], modified or conditions["if-modified-since"])
            body = _read(answer)
        if answer.status_code != httpx.codes.OK:
            raise AnswerError(f"HTTP {answer.status_code}{_diagnosis(body)}.", answer.status_code)
        try:
            json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _AgainError("het antwoord is geen volledige JSON") from error
        return Fresh(body, etag, modified)

    def _pace(self) -> None:
        now = self.clock()
        if now < self._next:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.manners.per_second


class _AgainError(Exception):
    """Try again, after a pause that the source may have named."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        self.reason, self.pause = reason, pause
        super().__init__(reason)


def check_key(key: str) -> str:
    """The key without the blanks around it.

    Raises InputError, which never shows the value, where it is missing or could not stand in a header.
    """
    remedy = "Vraag een sleutel aan op het Onderwijs API-portaal en zet ze in de omgeving."
    if not key.strip():
        raise InputError("De omgevingsvariabele LEERBRUG_API_KEY ontbreekt.", remedy=remedy)
    if any(not "!" <= character <= "~" for character in key.strip()):
        raise InputError("LEERBRUG_API_KEY bevat tekens die niet in een sleutel horen.", remedy=remedy)
    return key.strip()


def check_base(url: str) -> None:
    """Refuse a base address to which the key would travel in the clear, or that carries more than a host and a path."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    if not safe or not parts.hostname or parts.query or parts.fragment or parts.username or parts.password:
        raise InputError(
            "Dit basisadres is geen https-adres (of een lokale server) zonder meer.",
            place="--base-url",
            remedy="Geef bijvoorbeeld https://onderwijs.api.vlaanderen.be.",
        )


def _refuse(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in (401, 403):
        raise InputError(f"De bron weigert de sleutel (HTTP {status}).", remedy="Controleer LEERBRUG_API_KEY.")
    if answer.has_redirect_location:
        raise AnswerError(f"de bron verwijst door (HTTP {status}); dat volgen we niet, want de sleutel zou meegaan.")
    if status in (408, 429) or status >= 500:
        raise _AgainError(f"HTTP {status}", _retry_after(answer.headers.get("retry-after", "")))


def _retry_after(value: str) -> float | None:
    """The seconds that a `Retry-After` header names, as a number or as a date (RFC 9110, 10.2.3)."""
    if value.strip().isdigit():
        return float(value)
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return None


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > MAX_BODY:
            raise AnswerError(f"het antwoord is groter dan {MAX_BODY} bytes.")
    return bytes(body)


def _diagnosis(body: bytes) -> str:
    """What the API itself says about an error: its `uitzonderingen`, or the message of a problem answer."""
    with contextlib.suppress(ValueError, RecursionError):
        answer: Any = json.loads(body)
        if isinstance(answer, dict):
            errors = answer.get("uitzonderingen")
            told = [
                f"{error.get('identificatie')}: {str(error.get('diagnose', '')).rstrip('.')}"
                for error in (errors if isinstance(errors, list) else [])
                if isinstance(error, dict)
            ]
            return f" ({', '.join(told)[:200]})" if told else ""
    return ""
