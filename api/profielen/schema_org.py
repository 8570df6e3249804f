"""schema.org: a qualification as EducationalOccupationalCredential, for search engines."""

from __future__ import annotations

from typing import Any

from ...graph.catalogus import Kwalificatie


def credential(found: Kwalificatie) -> dict[str, Any]:
    """The qualification with the competences that it asks; the level is that of the Flemish framework for a BK."""
    return {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "@id": found.iri,
        "url": found.iri,
        "name": [{"@value": name, "@language": language or "nl"} for language, name in found.naam.items()],
        "identifier": found.code,
        "inLanguage": "nl",
        "credentialCategory": found.soort.value,
        "competencyRequired": [
            {"@type": "DefinedTerm", "@id": one.iri, "name": one.tekst, "termCode": one.code}
            for one in found.competenties
        ],
        **({"educationalLevel": f"VKS {found.niveau}"} if found.niveau else {}),
        **({"temporalCoverage": f"{found.geldigheid.van.isoformat()}/{_end(found)}"} if found.geldigheid.van else {}),
        **({"expires": found.geldigheid.tot.isoformat()} if found.geldigheid.tot else {}),
    }


def _end(found: Kwalificatie) -> str:
    """The last day of its validity; two dots where it is open, as schema.org writes an interval of ISO 8601."""
    return found.geldigheid.tot.isoformat() if found.geldigheid.tot else ".."
