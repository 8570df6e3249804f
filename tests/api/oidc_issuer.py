"""An identity provider for tests, a process of its own: authlib's authorization server with real keys.

`python oidc_issuer.py PORT` answers discovery, its keys, and the token endpoint for two clients. What no honest issuer
gives, a test asks for at /test/sign, and another key at /test/rotate.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import uvicorn
from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
PORT = int(sys.argv[1])
ISSUER = f"http://127.0.0.1:{PORT}/realms/toets"
PEOPLE = {"an": ["lb-bouw", "offline_access"], "beheer": ["lb-beheer"]}
keys = [RSAKey.generate_key(2048, {"kid": "een", "use": "sig", "alg": "RS256"})]


class Client:
    """A client of the issuer, known by its name; its secret is its name too."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get_client_id(self) -> str:
        return self.name

    def check_client_secret(self, secret: str) -> bool:
        return secret == self.name

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method, endpoint) == ("client_secret_basic", "token")

    def check_grant_type(self, grant: str) -> bool:
        return grant == "client_credentials"

    def get_allowed_scope(self, scope: str) -> str:
        return scope or ""


class Tokens(JWTBearerTokenGenerator):  # type: ignore[misc]
    """Access tokens as RFC 9068 says, with the roles of the client."""

    def get_jwks(self) -> KeySet:
        return KeySet([keys[-1]])

    def get_extra_claims(self, client: Client, *_: object) -> dict[str, Any]:
        return {"roles": PEOPLE[client.name], "name": client.name.capitalize()}

    def get_audiences(self, *_: object) -> str:
        return "https://leerbrug.test"


class Server(AuthorizationServer):  # type: ignore[misc]
    """The parts that authlib leaves to a framework."""

    def query_client(self, client_id: str) -> Client | None:
        return Client(client_id) if client_id in PEOPLE else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        """A token that is signed need not be kept."""

    def create_oauth2_request(self, request: tuple[Request, dict[str, str]]) -> OAuth2Request:
        said, form = request
        made = OAuth2Request(said.method, str(said.url), headers=said.headers)
        made.payload = BasicOAuth2Payload(form)
        return made

    def handle_response(self, status: int, body: Any, headers: Any) -> Response:
        return JSONResponse(body, status, dict(headers))

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


app, server = FastAPI(), Server()
server.register_token_generator("default", Tokens(ISSUER, "RS256"))
server.register_grant(ClientCredentialsGrant)


@app.get("/realms/toets/.well-known/openid-configuration")
def discovery() -> dict[str, str]:
    return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/sleutels", "token_endpoint": f"{ISSUER}/token"}


@app.get("/vals/.well-known/openid-configuration")
def another_issuer_there() -> dict[str, str]:
    return {"issuer": "https://elders.test", "jwks_uri": f"{ISSUER}/sleutels"}


@app.get("/realms/toets/sleutels")
def public_keys() -> dict[str, Any]:
    return dict(KeySet(keys).as_dict(private=False))


@app.post("/realms/toets/token")
async def token(request: Request) -> Response:
    form = {name: str(value) for name, value in (await request.form()).items()}
    answer: Response = server.create_token_response((request, form))
    return answer


@app.post("/test/sign")
async def sign(request: Request) -> dict[str, str]:
    asked = await request.json()
    key = keys[-1]
    return {"token": jwt.encode({"alg": key.alg, "kid": key.kid, **asked["header"]}, asked["claims"], key)}


@app.post("/test/rotate")
def rotate() -> dict[str, str]:
    keys[:] = [ECKey.generate_key("P-256", {"kid": "twee", "use": "sig", "alg": "ES256"})]  # type: ignore[list-item]
    return {"kid": "twee"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error")
