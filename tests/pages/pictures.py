"""Take the pictures of docs/ anew from a server with the sample: `python tests/pages/pictures.py http://127.0.0.1:8000`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parents[2] / "docs"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 1000}}
TELEPHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "color_scheme": "dark",
    "device_scale_factor": 2,
}
BRUG = "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3"
LEVELS = (
    "/werkbank?uitvoeren=ja&query=PREFIX%20leer%3A%20%3Chttps%3A%2F%2Fw3id.org%2Fleerbrug%2Fns%23%3E%0APREFIX%20skos%3A%20"
    "%3Chttp%3A%2F%2Fwww.w3.org%2F2004%2F02%2Fskos%2Fcore%23%3E%0ASELECT%20%3Fniveau%20(COUNT(%3Fversie)%20AS%20%3Faantal)"
    "%20WHERE%20%7B%0A%20%20%3Fversie%20a%20leer%3ABeroepskwalificatieversie%20%3B%0A%20%20%20%20leer%3AvksNiveau%2Fskos"
    "%3Anotation%20%3Fniveau%20.%0A%7D%20GROUP%20BY%20%3Fniveau%20ORDER%20BY%20%3Fniveau"
)
PICTURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("brug.png", BRUG, DESK),
    ("screenshots/start.png", "/", DESK),
    ("screenshots/domeinen.png", "/v1/kwalificaties?domein=Voeding", DESK),
    ("screenshots/kwalificatie.png", "/v1/kwalificaties/BK-0018", DESK),
    ("screenshots/bruggen-van-een-kwalificatie.png", "/v1/kwalificaties/BK-0019?tab=bruggen", DESK),
    ("screenshots/programma.png", "/v1/structuuronderdelen/99", DESK),
    ("screenshots/leertraject.png", "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16", DESK),
    ("screenshots/vragen.png", "/v1/vragen/bks-per-niveau", DESK),
    ("screenshots/werkbank.png", LEVELS, DESK),
    ("screenshots/sectorbord.png", "/sector?opleiding=99", DESK),
    ("screenshots/beheer.png", "/beheer", DESK),
    ("screenshots/brug-telefoon-donker.png", BRUG, TELEPHONE),
)
"""File in docs/, address and look."""


def main(address: str) -> None:
    """Each picture is what one sees without scrolling."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, look in PICTURES:
            context = browser.new_context(locale="nl-BE", bypass_csp=True, **look)
            page = context.new_page()
            page.goto(address + path, wait_until="networkidle")
            page.add_style_tag(content="html { scrollbar-gutter: auto !important }")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=DOCS / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
