"""Who asks, as far as fairness needs to know: the network address, and whether it is this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

Scope = MutableMapping[str, Any]


def header(scope: Scope, name: bytes) -> str:
    """One header of a request; empty where it is not there."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


def address_of(scope: Scope, proxies: Sequence[str]) -> str:
    """The address of the client; what a trusted proxy forwards is believed, of anyone else nothing."""
    address = str((scope.get("client") or ("", 0))[0])
    if address in proxies:
        return header(scope, b"x-forwarded-for").rpartition(",")[2].strip() or address
    return address


@lru_cache(maxsize=10_000)
def network_of(address: str) -> str:
    """What shares one bucket: an IPv4 address, or the /64 that one household has of IPv6.

    >>> network_of("2001:db8::1"), network_of("192.0.2.7")
    ('2001:db8::/64', '192.0.2.7')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address


@lru_cache(maxsize=10_000)
def is_local(address: str) -> bool:
    """Whether it is this machine.

    >>> is_local("127.0.0.1"), is_local("192.0.2.7"), is_local("testclient")
    (True, False, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
