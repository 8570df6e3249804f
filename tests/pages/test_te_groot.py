"""A file that is too large, sent from a form: a page that says so, and no broken connection."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

FORM = """<form method="post" enctype="multipart/form-data" action="{home}/v1/validaties">
<input type="file" name="bestand" aria-label="Bestand"><button>Stuur</button></form>"""


def test_a_browser_shows_why_a_file_is_refused(plain: Page, sample: str, tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    path.write_bytes(b"x" * 30_000_000)
    plain.set_content(FORM.format(home=sample))
    plain.get_by_label("Bestand").set_input_files(path)
    plain.get_by_role("button", name="Stuur").click()
    expect(plain.get_by_text("Dit is te groot: hier mag je hoogstens 20 MB sturen.")).to_be_visible()
