"""The picture of the model: the main classes and relations of vocabulary.ttl as an SVG.

Only the places on the sheet are written here. Names, what is a kind of what, which class a relation leaves and reaches,
and which relations are derived are read from the vocabulary; a line that the vocabulary does not say is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from textwrap import wrap

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from ..errors import InputError
from .names import NAMESPACE
from .vocabulary import ONTOLOGY

Point = tuple[int, int]

WIDTH, HEIGHT = 1284, 890
FRAMES = {
    "Kwalificatie": (24, 246, 620, 206, "#e8f1fb"),
    "Studiebewijs": (446, 276, 578, 206, "#fdf1dc"),
}
"""Wide classes, drawn around their kinds; where two overlap stands what is both."""

BOXES = {
    "Structuuronderdeelgroep": (24, 92, 190, 46),
    "Structuuronderdeel": (276, 92, 170, 46),
    "Erkenning": (540, 92, 180, 46),
    "Traject": (970, 24, 290, 38),
    "Arbeidsovereenkomst": (970, 74, 290, 38),
    "FlexibeleInstap": (970, 124, 290, 38),
    "VerplichteContexten": (970, 174, 290, 38),
    "Beroepskwalificatie": (44, 290, 150, 46),
    "Beroepskwalificatieversie": (268, 290, 150, 46),
    "Deelkwalificatie": (268, 390, 150, 38),
    "Beroepsstandaard": (44, 390, 150, 46),
    "Onderwijskwalificatie": (464, 346, 162, 46),
    "BewijsVanBeroepskwalificatie": (662, 316, 166, 46),
    "BewijsVanDeelkwalificatie": (662, 370, 166, 46),
    "BewijsVanCompetenties": (662, 424, 166, 46),
    "Diploma": (846, 316, 160, 46),
    "Getuigschrift": (846, 370, 160, 46),
    "BewijsBasisvorming": (846, 424, 160, 46),
    "Houder": (1150, 352, 110, 54),
    "Competentie": (350, 596, 150, 46),
    "Kennis": (700, 548, 150, 38),
    "Vaardigheid": (700, 600, 150, 38),
    "Referentie": (700, 652, 150, 38),
    "Beroep": (44, 566, 130, 38),
    "Beroepscompetentieprofiel": (116, 648, 196, 46),
    "Beroepsitem": (44, 734, 200, 38),
}

LINES: tuple[tuple[str, str, str, tuple[Point, ...]], ...] = (
    ("groep", "Structuuronderdeel", "Structuuronderdeelgroep", ((276, 115), (214, 115))),
    ("erkenningVan", "Erkenning", "Structuuronderdeel", ((540, 115), (446, 115))),
    ("heeftTraject", "Erkenning", "Traject", ((720, 100), (750, 100), (750, 43), (970, 43))),
    ("contract", "Erkenning", "Arbeidsovereenkomst", ((720, 108), (770, 108), (770, 93), (970, 93))),
    ("flexibeleInstap", "Erkenning", "FlexibeleInstap", ((720, 122), (770, 122), (770, 143), (970, 143))),
    ("verplichteContexten", "Erkenning", "VerplichteContexten", ((720, 130), (750, 130), (750, 193), (970, 193))),
    ("bevatVolledig", "Erkenning", "Kwalificatie", ((556, 138), (556, 168), (160, 168), (160, 246))),
    ("bevatGedeeltelijk", "Erkenning", "Kwalificatie", ((586, 138), (586, 206), (400, 206), (400, 246))),
    ("verleent", "Erkenning", "Studiebewijs", ((690, 138), (690, 276))),
    ("versieVan", "Beroepskwalificatieversie", "Beroepskwalificatie", ((268, 313), (194, 313))),
    ("heeftDeelkwalificatie", "Beroepskwalificatieversie", "Deelkwalificatie", ((343, 336), (343, 390))),
    ("bewijsVan", "Studiebewijs", "Kwalificatie", ((745, 482), (745, 520), (545, 520), (545, 452))),
    ("houdt", "Houder", "Studiebewijs", ((1150, 379), (1024, 379))),
    ("heeftCompetentie", "Kwalificatie", "Competentie", ((425, 452), (425, 596))),
    ("competentprofiel", "Kwalificatie", "Beroepscompetentieprofiel", ((246, 452), (246, 648))),
    ("heeftKennis", "Competentie", "Kennis", ((500, 604), (520, 604), (520, 567), (700, 567))),
    ("heeftVaardigheid", "Competentie", "Vaardigheid", ((500, 619), (700, 619))),
    ("referentie", "Competentie", "Referentie", ((500, 634), (520, 634), (520, 671), (700, 671))),
    ("heeftItem", "Beroep", "Beroepsitem", ((76, 604), (76, 734))),
    ("beheerstCompetentie", "Houder", "Competentie", ((1205, 406), (1205, 722), (425, 722), (425, 642))),
)
"""Property, the boxes it joins, and the way of its line; the vocabulary must agree with the boxes."""

STYLE = """
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #16212f; text-anchor: middle; }
.frame { stroke: #7b8794; stroke-dasharray: 2 3; rx: 12; fill-opacity: .8; }
.name { font-weight: 600; text-anchor: start; fill: #3a4756; }
.box { fill: #fff; stroke: #33475b; stroke-width: 1.4; rx: 6; }
.line { fill: none; stroke: #33475b; stroke-width: 1.4; marker-end: url(#pijl); }
.derived { stroke: #a1330f; stroke-dasharray: 7 4; marker-end: url(#pijl-afgeleid); }
.kind { marker-end: url(#driehoek); }
.label { font-size: 12px; fill: #33475b; }
.patch { fill: #fff; }
.note { font-size: 12px; text-anchor: start; fill: #4a5663; }
""".strip()


class Words:
    """What the vocabulary says, as the picture needs it."""

    def __init__(self) -> None:
        self._store = Store()
        self._store.load(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)

    def _objects(self, term: str, predicate: str) -> Iterator[object]:
        for quad in self._store.quads_for_pattern(NamedNode(NAMESPACE + term), NamedNode(predicate), None, None):
            yield quad.object

    def label(self, term: str) -> str:
        """The Dutch label."""
        labels = self._objects(term, "http://www.w3.org/2000/01/rdf-schema#label")
        return next(label.value for label in labels if isinstance(label, Literal) and label.language == "nl")

    def points(self, term: str, predicate: str) -> set[str]:
        """The terms of ours at the other end of a predicate of RDFS."""
        found = self._objects(term, "http://www.w3.org/2000/01/rdf-schema#" + predicate)
        return {node.value.removeprefix(NAMESPACE) for node in found if isinstance(node, NamedNode)}

    def is_derived(self, term: str) -> bool:
        """Whether a property follows from a chain of others."""
        return any(self._objects(term, "http://www.w3.org/2002/07/owl#propertyChainAxiom"))

    def classes(self) -> list[str]:
        """All classes, by local name."""
        kind = NamedNode("http://www.w3.org/2002/07/owl#Class")
        quads = self._store.quads_for_pattern(None, None, kind, None)
        found = (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
        return sorted(iri.removeprefix(NAMESPACE) for iri in found if iri.startswith(NAMESPACE))


def picture() -> str:
    """The SVG of the model.

    Raises InputError where a line on the sheet is not what the vocabulary says.
    """
    words = Words()
    _check_kinds(words)
    parts = [*_head(), *(part for name in FRAMES for part in _frame(words, name))]
    parts += [part for line in LINES for part in _line(words, *line)]
    parts += ['<path class="line kind" d="M146,648 V604"/>'] if "Beroep" in words.points(_PROFILE, "subClassOf") else []
    parts += [part for name in BOXES for part in _box(words, name)]
    return "\n".join([*parts, *_foot(words), "</svg>", ""])


_PROFILE = "Beroepscompetentieprofiel"


def _check_kinds(words: Words) -> None:
    """Every box stands in the frames of which it is a kind, and in no other."""
    for name, (x, y, width, height) in BOXES.items():
        around = {
            frame
            for frame, (left, top, wide, high, _) in FRAMES.items()
            if left <= x and x + width <= left + wide and top <= y and y + height <= top + high
        }
        if around != words.points(name, "subClassOf") & set(FRAMES):
            raise InputError(f"{name} staat niet in het kader van zijn soort.", remedy="Pas graph/picture.py aan.")


def _head() -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-labelledby="titel uitleg" lang="nl">'
    )
    yield '<title id="titel">Het model van Leerbrug</title>'
    yield '<desc id="uitleg">De belangrijkste klassen en relaties; dezelfde staan als tabel in model.md.</desc>'
    yield f"<style>{STYLE}</style>"
    yield "<defs>"
    for name, shape, fill, stroke in (
        ("pijl", "M0,0 L8,4 L0,8 z", "#33475b", "none"),
        ("pijl-afgeleid", "M0,0 L8,4 L0,8 z", "#a1330f", "none"),
        ("driehoek", "M0,0 L8,4 L0,8 z", "#fff", "#33475b"),
    ):
        yield (
            f'<marker id="{name}" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto" '
            f'markerUnits="userSpaceOnUse"><path d="{shape}" fill="{fill}" stroke="{stroke}"/></marker>'
        )
    yield "</defs>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'


def _frame(words: Words, name: str) -> Iterator[str]:
    x, y, width, height, fill = FRAMES[name]
    yield f'<rect class="frame" x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'
    at = x + 14 if name == "Kwalificatie" else x + width - 14 - 8 * len(words.label(name))
    yield f'<text class="name" x="{at}" y="{y + 24}">{escape(words.label(name))}</text>'


def _box(words: Words, name: str) -> Iterator[str]:
    x, y, width, height = BOXES[name]
    yield f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{height}"/>'
    lines = wrap(words.label(name), max(10, width // 8), break_long_words=False)
    top = y + height / 2 + 4.5 - 8 * (len(lines) - 1)
    for number, text in enumerate(lines):
        yield f'<text x="{x + width // 2}" y="{top + 16 * number:g}">{escape(text)}</text>'


def _line(words: Words, name: str, start: str, end: str, points: tuple[Point, ...]) -> Iterator[str]:
    for predicate, box in (("domain", start), ("range", end)):
        said = words.points(name, predicate)
        if said and box not in said:
            raise InputError(f"{name} loopt in de woordenschat niet naar {box}.", remedy="Pas graph/picture.py aan.")
    kind = "line derived" if words.is_derived(name) else "line"
    yield f'<path class="{kind}" d="M' + " L".join(f"{x},{y}" for x, y in points) + '"/>'
    (ax, ay), (bx, by) = max(pairwise(points), key=lambda ends: _length(*ends))
    label = words.label(name).partition(" (")[0]
    x, y = (ax + bx) // 2, (ay + by) // 2 - (6 if ay == by else -4)
    if ax == bx:
        half = 3 * len(label) + 6
        yield f'<rect class="patch" x="{x - half}" y="{y - 13}" width="{2 * half}" height="18"/>'
    yield f'<text class="label" x="{x}" y="{y}">{escape(label)}</text>'


def _length(a: Point, b: Point) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _foot(words: Words) -> Iterator[str]:
    rest = [words.label(name) for name in words.classes() if name not in BOXES and name not in FRAMES]
    notes = ["Volle lijn: zegt een bron. Streeplijn: volgt uit een keten van andere relaties. Open pijl: is een soort."]
    notes += wrap("Verder in de woordenschat: " + ", ".join(rest) + ".", 190)
    for number, text in enumerate(notes):
        yield f'<text class="note" x="24" y="{802 + 16 * number}">{escape(text)}</text>'
