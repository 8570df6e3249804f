"""Bridges: what is held brings towards a target, with its evidence, both directions side by side; and their replay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from ...errors import InputError, UnknownCodeError
from ...pathways.antwoord import als_jsonld
from ...pathways.brug import Brug, beide_richtingen
from ..beslist import Beslist, beslist
from ..citations import Asked, Citations
from ..documented import read
from ..forms import CSV, HTML, JSON, JSONLD, PDF, SVG, XLSX, Form
from ..reading import Maker, Read, Reading
from ..tables import tables
from ..views.brug import brugbestand, brugpagina, brugpdf, gekozen, kiespagina

router = APIRouter(prefix="/v1", tags=["bruggen"])

TABLE = ("nr", "code", "tekst", "kwalificatie", "verdict", "steunt", "resterend", "id")
TEMPLATE = "/v1/bruggen{?van,naar,geldigOp,release}"

Held = Annotated[
    str, Query(max_length=1_000, examples=["BK-0068-2"], description="Wat iemand bezit: codes met komma's ertussen.")
]
Target = Annotated[str, Query(max_length=200, examples=["BK-0002-3"], description="Het doel.")]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Het laatste deel van de IRI van het antwoord.")]


FORMS = (JSONLD, JSON, HTML, CSV, XLSX, SVG, PDF)


@router.get("/bruggen", operation_id="brug", **read("Brug", FORMS, errors=(400, 404, 406, 409)))
def bruggen(
    reading: Read,
    van: Held = "",
    naar: Target = "",
    toon: Annotated[Literal["rest", "gedekt", "alles"] | None, Query(description="Rijen in tabel en tekening.")] = None,
) -> Response:
    """The bridge from what is held to the target; without both, how to ask for one.

    `toon` is what the page shows; a table and a drawing have the same rows, all of them where nothing is asked.
    """
    if not van or not naar:
        page: Maker = lambda: kiespagina(reading.page(), van, naar)  # noqa: E731
        return reading.answer({**reading.json(lambda: _how(van or naar)), HTML: page})
    basis = beslist(reading, van.split(","), naar, reading.on)
    answered = _bridged(reading, basis, naar, reading.on)
    asked = Asked(",".join(basis.held), naar, reading.on.isoformat(), reading.release, basis.stand.nummer)
    _citations(reading).keep(answered.digest, asked)
    return _answer(reading, answered, toon or "alles", timeless=False)


@router.get("/bruggen/{digest}", operation_id="brugOpnieuw", **read("Brug", FORMS))
def again(reading: Read, digest: Digest) -> Response:
    """The same answer as when it was given, computed anew from its release; the same bytes."""
    return _answer(reading, _replayed(reading, digest), "alles", timeless=True)


@router.get("/bruggen/{digest}/bewijs", operation_id="brugBewijs", **read("Bewijs", (JSONLD, JSON)))
def evidence(reading: Read, digest: Digest) -> Response:
    """The evidence alone: for each competence its verdict and the facts that it rests on."""
    document = _replayed(reading, digest).document
    keys = ("@context", "id", "release", "regelset", "datum")
    proof = [{key: one[key] for key in ("id", "code", "verdict", "evidence")} for one in document["competenties"]]
    return reading.answer(reading.json(lambda: {**{key: document[key] for key in keys}, "competenties": proof}))


def _citations(reading: Reading) -> Citations:
    book: Citations = reading.request.app.state.citations
    return book


@dataclass(frozen=True)
class _Bridged:
    """A bridge, those the other way, what they were computed on, and the answer as JSON-LD."""

    heen: Brug
    terug: tuple[Brug, ...]
    basis: Beslist
    document: dict[str, Any]

    @property
    def digest(self) -> str:
        """The end of the IRI of the answer."""
        return str(self.document["id"]).rpartition("/")[2]


def _bridged(reading: Reading, basis: Beslist, naar: str, op: date) -> _Bridged:
    heen, terug = beide_richtingen(basis.view, basis.held, naar, op)
    return _Bridged(heen, terug, basis, als_jsonld(heen, reading.base, terug, basis.stand[:2]))


def _replayed(reading: Reading, digest: str) -> _Bridged:
    """The answer of that digest, with the decisions that it counted when it was given."""
    asked = _citations(reading).of(digest)
    if asked is None:
        raise UnknownCodeError("Deze brug is hier nooit gegeven.", remedy="Vraag ze opnieuw met van en naar.")
    reading.served = reading.live.number(asked.release)
    op = date.fromisoformat(asked.datum)
    basis = beslist(reading, asked.van.split(","), asked.naar, op, asked.grootboek)
    answered = _bridged(reading, basis, asked.naar, op)
    if answered.digest != digest:
        raise UnknownCodeError("Deze brug is gemaakt met andere regels.", remedy="Vraag ze opnieuw met van en naar.")
    return answered


def _answer(reading: Reading, answered: _Bridged, toon: str, *, timeless: bool) -> Response:
    document, heen = answered.document, answered.heen
    json: dict[Form, Maker] = {form: lambda: orjson.dumps(document) for form in (JSONLD, JSON)}
    page: dict[Form, Maker] = {HTML: lambda: brugpagina(reading.page(), heen, answered.terug, answered.basis.view)}
    shown = {one.competentie.iri for one in gekozen(heen, toon)}
    rows = (_row(one) for one in document["competenties"] if one["id"] in shown)
    drawn: dict[Form, Maker] = {
        SVG: lambda: brugbestand(reading.page(), heen, toon),
        PDF: lambda: brugpdf(reading.page(), heen, answered.terug, toon, document["id"]),
    }
    own = document["id"].partition("/id/")[2].replace("brug/", "/v1/bruggen/")
    return reading.answer(
        {**json, **page, **tables(TABLE, rows, reading.language), **drawn},
        timeless=timeless,
        headers={"Content-Location": own, **answered.basis.headers},
        links=[f'<{document["id"]}>; rel="cite-as"', f'<{own}/bewijs>; rel="related"'],
    )


def _row(one: dict[str, Any]) -> dict[str, Any]:
    step = one["evidence"][0]
    return {**one, "steunt": [held["code"] for held in step["steunt"]], "resterend": step["resterend"]}


def _how(alone: str) -> dict[str, Any]:
    """How to ask. Raises InputError where one end is named and the other is not."""
    if alone:
        raise InputError("Van deze brug is maar één kant gegeven.", remedy="Geef van en naar.")
    return {"self": "/v1/bruggen", "items": [], "sjabloon": TEMPLATE}
