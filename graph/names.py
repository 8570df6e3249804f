"""The one place where IRIs are minted.

They follow the Flemish URI standard: ``{base}/id/{concept}/{code}[/{version}]``. The vocabulary and the code lists are
shared by all deployments and have a fixed namespace; the base of the data is a setting that nothing else depends on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

NAMESPACE = "https://w3id.org/leerbrug/ns#"
"""The vocabulary of vocabulary.ttl."""

CODELISTS = "https://w3id.org/leerbrug/codelijst/"
"""The SKOS code lists: ``{CODELISTS}{list}/{code}``."""

DEFAULT_BASE = "https://w3id.org/leerbrug"


def concept(codelist: str, code: str) -> NamedNode:
    """A concept of one of our code lists.

    >>> concept("finaliteit", "DU").value
    'https://w3id.org/leerbrug/codelijst/finaliteit/DU'
    """
    return NamedNode(f"{CODELISTS}{quote(codelist)}/{quote(code, safe='-')}")


def digest(*parts: str) -> str:
    """Eight hexadecimal digits that name a thing by its content, for what a source gives no code of its own.

    >>> digest("Diploma", "OK3") == digest("Diploma", "OK3")
    True
    """
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Names:
    """Mints the IRIs of one deployment.

    >>> Names().iri("competentie", "bkc0044869").value
    'https://w3id.org/leerbrug/id/competentie/bkc0044869'
    >>> Names("https://voorbeeld.be").versie("BK-0130-5").value
    'https://voorbeeld.be/id/beroepskwalificatie/BK-0130/5'
    """

    base: str = DEFAULT_BASE

    def iri(self, concept: str, *path: str) -> NamedNode:
        """``{base}/id/{concept}/{path…}``, every part percent-encoded."""
        return NamedNode("/".join([f"{self.base}/id/{concept}", *(quote(part, safe="-.") for part in path)]))

    def versie(self, code: str) -> NamedNode:
        """The IRI of a version of a beroepskwalificatie, from its long number ("BK-0130-5")."""
        number, _, version = code.rpartition("-")
        return self.iri("beroepskwalificatie", number, version)

    def graph(self, source: str, version: str = "") -> NamedNode:
        """The named graph of one source, and of one version of it where the source has versions."""
        return NamedNode(f"{self.base}/graaf/{quote(source)}" + (f"/{quote(version)}" if version else ""))
