"""The picture and the page about the model say what the vocabulary says."""

from __future__ import annotations

from pathlib import Path

import leerbrug
import pytest
from defusedxml import ElementTree
from leerbrug.cli import app
from leerbrug.errors import InputError
from leerbrug.graph import picture as drawing
from leerbrug.graph.vocabulary import LEER
from typer.testing import CliRunner

DOCS = Path(leerbrug.__file__).parent / "docs"
SVG = "{http://www.w3.org/2000/svg}"


def test_committed_picture_is_what_the_command_draws(tmp_path: Path) -> None:
    drawn = tmp_path / "model.svg"
    result = CliRunner().invoke(app, ["model", "--svg", str(drawn)])
    assert result.exit_code == 0, result.output
    assert drawn.read_bytes() == (DOCS / "model.svg").read_bytes(), "run: leerbrug model --svg docs/model.svg"


def test_command_without_a_wish_says_what_to_give() -> None:
    result = CliRunner().invoke(app, ["model"])
    assert isinstance(result.exception, InputError)
    assert "--svg" in str(result.exception)


def test_picture_is_sound_and_can_be_read_aloud() -> None:
    root = ElementTree.fromstring(drawing.picture())
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text


def test_nothing_leaves_the_sheet_and_no_boxes_overlap() -> None:
    boxes = list(drawing.BOXES.items())
    for name, (x, y, width, height) in boxes:
        assert x >= 0, name
        assert y >= 0, name
        assert x + width <= drawing.WIDTH, name
        assert y + height <= drawing.HEIGHT, name
    for number, (name, (x, y, width, height)) in enumerate(boxes):
        for other, (left, top, wide, high) in boxes[number + 1 :]:
            apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
            assert apart, f"{name} ligt over {other}"


def test_every_class_is_in_the_picture_or_named_beneath_it() -> None:
    text = " ".join("".join(ElementTree.fromstring(drawing.picture()).itertext()).split())
    words = drawing.Words()
    for name in words.classes():
        if name not in drawing.BOXES:
            assert " ".join(words.label(name).split()) in text, name


def test_a_line_that_the_vocabulary_does_not_say_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = (("heeftTraject", "Erkenning", "Kennis", ((0, 0), (1, 1))),)
    monkeypatch.setattr(drawing, "LINES", wrong)
    with pytest.raises(InputError, match="heeftTraject"):
        drawing.picture()


def test_a_box_in_the_wrong_frame_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.BOXES, "Diploma", drawing.BOXES["Beroepskwalificatie"])
    with pytest.raises(InputError, match="Diploma"):
        drawing.picture()


def test_the_page_has_the_picture_as_a_table_and_names_real_terms() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    words = drawing.Words()
    for name, start, end, _ in drawing.LINES:
        derived = " (afgeleid)" if words.is_derived(name) else ""
        assert f"| {words.label(start)} | `{name}`{derived} | {words.label(end)} |" in page
    for term in ("bewijstCompetentie", "bewijstMogelijkCompetentie"):
        assert f"`{term}`" in page
        assert term in LEER
    assert len(page.split()) < 1000
