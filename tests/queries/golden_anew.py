"""Write the golden answers anew: `python tests/queries/golden_anew.py`; read the difference before it is kept."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from leerbrug.commands.build import chosen, sample
from leerbrug.commands.making import make
from leerbrug.commands.progress import Watch
from leerbrug.graph.names import Names
from leerbrug.graph.vragen import ask, voorbeelden, vragen

if __name__ == "__main__":
    with TemporaryDirectory() as folder, Watch(quiet=True) as watch:
        release = make(list(chosen([], sample())), Path(folder), Names(), watch).release
        assert release
        for slug, question in vragen().items():
            found = ask(release.graph(), question, voorbeelden(question), date(2026, 9, 1))
            with (Path(__file__).parent / "golden" / f"{slug}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(found.kolommen)
                writer.writerows(found.rijen)
