"""Tokens of an identity provider: a real issuer process signs them, a real server reads its keys over HTTP."""

from __future__ import annotations

import base64
import hmac
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from leerbrug.api.oidc import Identiteitsbron
from leerbrug.api.settings import Oidc, Settings
from leerbrug.api.tokens import identiteitsbron, lees_rollen
from leerbrug.api.zaken import database_van
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tabellen import open_database
from leerbrug.besluiten.tokens import Tokens
from leerbrug.errors import AanmeldError, BevoegdheidError, IdentiteitsbronError, InputError
from leerbrug.graph.releases import Release

from ..servers import free_port, running
from .conftest import serving

AUDIENCE = "https://leerbrug.test"
ROLLEN = {"lb-beheer": "beheerder", "lb-bouw": "sector/bouw"}
MANDAAT = {
    "instantie": {"soort": "sector", "code": "bouw"},
    "bereik": {"soort": "programma"},
    "grondslag": "samenwerkingsakkoord (toets)",
    "geldigheid": {"van": "2020-01-01"},
}
Sign = Callable[..., str]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(Path(__file__).with_name("oidc_issuer.py")), str(port)]
    with running(command, tmp_path_factory.mktemp("issuer"), f"{home}/realms/toets/sleutels"):
        yield home


@pytest.fixture(scope="module")
def said(issuer: str) -> Oidc:
    return Oidc(f"{issuer}/realms/toets", AUDIENCE, rollen=ROLLEN)


@pytest.fixture(scope="module")
def sign(issuer: str, said: Oidc) -> Sign:
    """A token that the issuer signs, right in all but what the test says."""

    def made(header: dict[str, Any] | None = None, **claims: Any) -> str:
        now = int(time.time())
        right = {"iss": said.issuer, "aud": AUDIENCE, "sub": "u-1", "iat": now, "exp": now + 300, "name": "An"}
        content = {**right, "roles": ["lb-bouw"], **claims}
        asked = {
            "header": header or {},
            "claims": {name: value for name, value in content.items() if value is not None},
        }
        return str(httpx.post(f"{issuer}/test/sign", json=asked, timeout=60).json()["token"])

    return made


@pytest.fixture(scope="module")
def home(said: Oidc, sample_release: Release, own_folder: Callable[[Release], Path]) -> Iterator[tuple[str, Path]]:
    folder = own_folder(sample_release)
    with serving(Settings(folder, oidc=said)) as address:
        yield address, folder


def test_who_has_an_account_elsewhere_decides_here(home: tuple[str, Path], said: Oidc) -> None:
    """Tokens as the token endpoint of authlib gives them; the mandate carries the name and the role of the token."""
    address, folder = home
    asked = {"grant_type": "client_credentials"}
    given = {
        who: httpx.post(f"{said.issuer}/token", data=asked, auth=(who, who), timeout=60).json()
        for who in ("beheer", "an")
    }
    answers = {
        who: httpx.post(
            f"{address}/v1/mandaten",
            json=MANDAAT,
            headers={"Authorization": f"Bearer {token['access_token']}"},
            timeout=60,
        )
        for who, token in given.items()
    }
    assert answers["beheer"].status_code == 201, answers["beheer"].text
    assert answers["beheer"].json()["opsteller"] == {"rol": "beheerder", "naam": "Beheer", "instantie": ""}
    assert answers["an"].status_code == 403
    own, _ = Tokens(open_database(database_van(folder))).maak(Rol.BEHEERDER, "Eigen")
    both = httpx.post(f"{address}/v1/mandaten", json=MANDAAT, headers={"Authorization": f"Bearer {own}"}, timeout=60)
    assert (both.status_code, both.json()["opsteller"]["naam"]) == (201, "Eigen"), "our own tokens hold beside it"


def test_a_token_of_the_issuer_signs_in_to_the_board(home: tuple[str, Path], sign: Sign) -> None:
    with httpx.Client(base_url=home[0], timeout=60) as client:
        wrong = client.post("/sector/aanmelden", data={"token": sign(roles=["lezer"])})
        assert (wrong.status_code, "Set-Cookie" in wrong.headers) == (401, False)
        assert client.post("/sector/aanmelden", data={"token": sign()}).status_code == 303
        assert "sector/bouw" in client.get("/sector/mijn").text


def by_hand(algorithm: str, claims: dict[str, Any], secret: bytes) -> str:
    """A token as an attacker writes it, with what no library will sign."""
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()) for one in ({"alg": algorithm, "kid": "een"}, claims)]
    signed = b".".join(part.rstrip(b"=") for part in parts)
    seal = base64.urlsafe_b64encode(hmac.digest(secret, signed, "sha256")).rstrip(b"=") if secret else b""
    return (signed + b"." + seal).decode()


def test_a_token_that_does_not_hold_is_refused(home: tuple[str, Path], sign: Sign, issuer: str) -> None:
    now, forger = int(time.time()), RSAKey.generate_key(2048, {"kid": "een"})
    claims = {"iss": f"{issuer}/realms/toets", "aud": AUDIENCE, "sub": "u-1", "exp": now + 300, "roles": ["lb-beheer"]}
    (public,) = httpx.get(f"{issuer}/realms/toets/sleutels", timeout=60).json()["keys"]
    pem = RSAKey.import_key(public).as_pem(private=False)
    wrong = {
        "past its end": sign(exp=now - 61),
        "before its beginning": sign(nbf=now + 120),
        "without an end": sign(exp=None),
        "for somebody else": sign(aud="https://elders.test"),
        "for nobody": sign(aud=None),
        "of another issuer": sign(iss="https://elders.test"),
        "of nobody": sign(sub=None),
        "for something else": sign({"typ": "logout+jwt"}),
        "by another key of the same name": jwt.encode({"alg": "RS256", "kid": "een"}, claims, forger),
        "with the public key as a secret": by_hand("HS256", claims, pem),
        "not signed": by_hand("none", claims, b""),
        "changed": sign()[:-4] + "AAAA",
        "no token": "a.b.c",
        "nothing": "x",
    }
    for why, token in wrong.items():
        answer = httpx.get(f"{home[0]}/v1/mandaten", headers={"Authorization": f"Bearer {token}"}, timeout=60)
        assert answer.status_code == 401, why
        assert answer.headers["WWW-Authenticate"].startswith("Bearer"), why
        assert answer.headers["Content-Type"] == "application/problem+json", why


def test_clocks_may_differ_a_little(said: Oidc, sign: Sign) -> None:
    now = int(time.time())
    assert Identiteitsbron(said).wie(sign(exp=now - 30, nbf=now + 30)).naam == "An"
    strict = Identiteitsbron(Oidc(said.issuer, AUDIENCE, rollen=ROLLEN, speling=0))
    with pytest.raises(AanmeldError, match="vervallen"):
        strict.wie(sign(exp=now - 30))


def test_the_claim_and_its_values_are_mapped_to_one_role(said: Oidc, sign: Sign) -> None:
    bron = Identiteitsbron(said)
    assert bron.wie(sign()).instantie == "sector/bouw"
    assert bron.wie(sign(roles="lb-beheer openid")).rol is Rol.BEHEERDER
    assert bron.wie(sign(name=None)).naam == "u-1"
    for roles in ([], ["beheerder"], None, {"a": 1}, ["lb-bouw", "lb-beheer"]):
        with pytest.raises(BevoegdheidError, match="rol"):
            bron.wie(sign(roles=roles))
    nested = Identiteitsbron(Oidc(said.issuer, AUDIENCE, rolclaim="realm_access.roles", naamclaim="functie"))
    found = nested.wie(sign(realm_access={"roles": ["ontwerper", "offline_access"]}, functie="Redactie"))
    assert (found.rol, found.naam) == (Rol.ONTWERPER, "Redactie")


def test_a_new_key_is_found_and_the_known_ones_outlive_the_issuer(said: Oidc, sign: Sign, issuer: str) -> None:
    clock = [0.0]
    bron, old = Identiteitsbron(said, lambda: clock[0]), sign()
    assert bron.wie(old)
    httpx.post(f"{issuer}/test/rotate", timeout=60)
    new = sign()
    with pytest.raises(AanmeldError):
        bron.wie(new)
    clock[0] = 11
    assert bron.wie(new)
    with pytest.raises(AanmeldError):
        bron.wie(old)
    gone = Oidc(f"http://127.0.0.1:{free_port()}", AUDIENCE)
    for unreachable in (gone, Oidc(f"{issuer}/vals", AUDIENCE)):
        with pytest.raises(IdentiteitsbronError):
            Identiteitsbron(unreachable).wie(new)


def test_without_an_issuer_only_our_own_tokens_hold(address: str, sign: Sign) -> None:
    answer = httpx.get(f"{address}/v1/mandaten", headers={"Authorization": f"Bearer {sign()}"}, timeout=60)
    assert answer.status_code == 401
    assert identiteitsbron(None) is None


def test_settings_that_cannot_be_right_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in (Oidc("http://elders.test", "x"), Oidc("https://elders.test", ""), Oidc("geen adres", "x")):
        with pytest.raises(InputError):
            identiteitsbron(wrong)
    with pytest.raises(InputError, match="geen instantie"):
        lees_rollen(["lb-baas=baas"])
    monkeypatch.setitem(sys.modules, "leerbrug.api.oidc", None)
    with pytest.raises(InputError, match=r"pip install leerbrug\[oidc\]"):
        identiteitsbron(Oidc("https://elders.test", AUDIENCE))
