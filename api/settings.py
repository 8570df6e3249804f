"""What a deployment may set; made by the caller, never read at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .sparql.limits import Limits

LANGUAGES = ("nl", "en", "fr")
"""The languages of the pages, the default first."""


@dataclass(frozen=True, slots=True)
class Oidc:
    """The identity provider whose tokens are believed beside our own.

    `issuer` is its address, as it stands in `iss`; `audience` is what `aud` must name. `rolclaim` is the claim with the
    roles, a name or the way to it (`realm_access.roles`); `rollen` says what its values stand for: beheerder,
    ontwerper, or a body such as sector/bouw; where it is empty the values are those words themselves. `naamclaim` is
    the claim with the name that decisions carry. `speling` are the seconds that two clocks may differ.
    """

    issuer: str
    audience: str
    rolclaim: str = "roles"
    rollen: Mapping[str, str] = field(default_factory=dict)
    naamclaim: str = "name"
    speling: int = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is the folder of releases; `refresh` the seconds after which a new release is looked for.

    `rate` requests a second are given to each client, saved up to `burst`; this machine itself has a thousand times as
    many. `body` bounds the bytes of a request, `upload` those of a file to check, which may take `check_seconds`.
    `cache` bounds the bytes of answers kept ready. Prometheus reads /metrics from here, or with `metrics_token`.
    `proxies` are addresses whose X-Forwarded-For is believed. `database` is the address of the ledger of decisions; a
    file beside the releases when empty. `store` is the address of a SPARQL server that holds the graphs of the newest
    release and is asked instead of the store of that release; `sparql` are the limits of questions. `log_requests`
    writes a line for every request; errors are always written. `oidc` is an identity provider; without one only our own
    tokens hold.
    """

    data: Path
    refresh: float = 1.0
    rate: float = 20.0
    burst: int = 200
    body: int = 1_000_000
    upload: int = 20_000_000
    check_seconds: float = 60.0
    cache: int = 64_000_000
    metrics_token: str = ""
    proxies: tuple[str, ...] = ()
    database: str = ""
    store: str = ""
    sparql: Limits = field(default_factory=Limits)
    log_requests: bool = False
    oidc: Oidc | None = None
