"""Which profile a request asks for, and what can be made of a thing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from ...graph.catalogus import Kwalificatie
from ...graph.vocabulary import PREFIXES
from ..forms import JSON, JSONLD, NTRIPLES, TURTLE, XML, Form, NotAcceptableError
from ..reading import Maker, Reading
from ..trajectvelden import velden
from . import case, ctdl, elm, schema_org, skos_profiel

PROFILES: Mapping[str, str] = {
    "intern": "https://w3id.org/leerbrug/ns",
    "elm-loq": "http://data.europa.eu/snb/model/ap/loq-constraints/",
    "ctdl": "https://purl.org/ctdl/terms/",
    "case": "https://purl.imsglobal.org/spec/case/v1p1",
    "skos": "http://www.w3.org/2004/02/skos/core",
    "schema-org": "https://schema.org/",
}
"""What `?profiel=` says -> the IRI that Accept-Profile says."""

Makers = dict[Form, Maker]


def asked_profile(asked: str, accept: str) -> str:
    """The profile that a request asks for: its name first, then the first known IRI of Accept-Profile.

    >>> asked_profile("", '<https://schema.org/>;q=0.5, <urn:x>')
    'schema-org'
    """
    if asked:
        return asked
    names = {iri: name for name, iri in PROFILES.items()}
    wanted = [part.partition(";")[0].strip().strip("<>") for part in accept.split(",")]
    return next((names[iri] for iri in wanted if iri in names), "intern")


def profile_makers(reading: Reading, iri: str) -> tuple[str, Makers] | None:
    """The profile that was asked for and the forms of the thing in it; None for our own words.

    Raises NotAcceptableError where the profile cannot say such a thing.
    """
    name = asked_profile(reading.profile, reading.request.headers.get("accept-profile", ""))
    if name == "intern":
        return None
    made = _MAKERS[name](reading, iri)
    if not made:
        raise NotAcceptableError((JSONLD, TURTLE, NTRIPLES))
    return name, made


def _elm(reading: Reading, iri: str) -> Makers:
    found = _qualification(reading, iri)
    if found is None or not elm.fits(found):
        return {}
    fields = elm.isced(reading.served.graph, iri)
    return {**_rdf(lambda: elm.triples(found, fields), {"elm": elm.ELM_IRI}), XML: lambda: elm.xml(found, fields)}


def _ctdl(reading: Reading, iri: str) -> Makers:
    found = _qualification(reading, iri)
    if found is not None:
        return _json(lambda: ctdl.certificate(found, active=found.nieuwste in ("", found.code)))
    catalogus = reading.served.catalogus
    for erkenning in catalogus.erkenningen.values():
        for traject in erkenning.trajecten:
            if traject.iri == iri:
                fields = velden(catalogus, traject, erkenning, reading.on)
                return _json(partial(ctdl.pathway, iri, reading.base, fields))
    return {}


def _case(reading: Reading, iri: str) -> Makers:
    found = _qualification(reading, iri)
    return _json(lambda: case.package(found)) if found is not None else {}


def _skos(reading: Reading, iri: str) -> Makers:
    said = reading.served.describe(iri)
    return _rdf(lambda: skos_profiel.as_concept(said, NamedNode(iri)), {})


def _schema_org(reading: Reading, iri: str) -> Makers:
    found = _qualification(reading, iri)
    return _json(lambda: schema_org.credential(found)) if found is not None else {}


_MAKERS: Mapping[str, Callable[[Reading, str], Makers]] = {
    "elm-loq": _elm,
    "ctdl": _ctdl,
    "case": _case,
    "skos": _skos,
    "schema-org": _schema_org,
}


def _qualification(reading: Reading, iri: str) -> Kwalificatie | None:
    """The qualification with this IRI; of a line of versions its newest."""
    known = reading.served.catalogus.kwalificaties.values()
    line = iri.removeprefix(f"{reading.base}/id/beroepskwalificatie/")
    newest = (one for one in known if one.reeks == line and not one.deel_van and one.nieuwste in ("", one.code))
    return next((one for one in known if one.iri == iri), None) or next(newest, None)


def _rdf(make: Callable[[], Sequence[Triple]], prefixes: Mapping[str, str]) -> Makers:
    def written(form: RdfFormat) -> Maker:
        more = {**PREFIXES, **prefixes} if form == RdfFormat.TURTLE else None
        return lambda: serialize(make(), format=form, prefixes=more) or b""

    json = written(RdfFormat.JSON_LD)
    return {JSONLD: json, JSON: json, TURTLE: written(RdfFormat.TURTLE), NTRIPLES: written(RdfFormat.N_TRIPLES)}


def _json(make: Callable[[], dict[str, Any]]) -> Makers:
    body: Maker = lambda: orjson.dumps(make())  # noqa: E731
    return {JSON: body, JSONLD: body}
