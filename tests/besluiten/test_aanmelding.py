"""The cookie of the sector board: never in the clear where the browser speaks https, believed of our own proxy only."""

from __future__ import annotations

import dataclasses

import httpx
import pytest
from fastapi import FastAPI

from .klanten import Klant


@pytest.mark.parametrize(
    ("proxies", "forwarded", "secure"),
    [(("127.0.0.1",), "https", True), (("127.0.0.1",), "http", False), ((), "https", False), ((), "", False)],
)
def test_the_cookie_is_secure_behind_a_proxy_that_speaks_https(
    server: tuple[FastAPI, httpx.Client],
    people: dict[str, Klant],
    monkeypatch: pytest.MonkeyPatch,
    proxies: tuple[str, ...],
    forwarded: str,
    secure: bool,
) -> None:
    app, client = server
    monkeypatch.setattr(app.state, "settings", dataclasses.replace(app.state.settings, proxies=proxies))
    headers = {"X-Forwarded-Proto": forwarded} if forwarded else {}
    answer = client.post("/sector/aanmelden", data={"token": people["an"].secret}, headers=headers)
    assert answer.status_code == 303
    assert ("secure" in answer.headers["set-cookie"].lower().split("; ")) is secure
