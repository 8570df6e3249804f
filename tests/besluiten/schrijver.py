"""A process that adds to a ledger and says so, one line an entry, after it was acknowledged; killed by the tests."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from leerbrug.besluiten.grootboek import Grootboek, Voorstel
from leerbrug.besluiten.soorten import Bereik, Bereiksoort, Instantie, Instantiesoort, Mandaat, Rol, Wie
from leerbrug.besluiten.toestand import Handeling


def main(url: str, name: str, threads: int, each: int) -> None:
    """`threads` writers at once in this process, each adding `each` entries; 0 is for ever."""
    boek = Grootboek.open(url)
    gezegd = Mandaat(instantie=Instantie(Instantiesoort.SECTOR, "bouw"), bereik=Bereik(Bereiksoort.PROGRAMMA))

    def write(thread: int) -> None:
        number = 0
        while not each or number < each:
            object_ = f"{name}-{thread}-{number}"
            inhoud = {"besluit": gezegd, "toestand": "bekrachtigd"}
            voorstel = Voorstel(object_, "mandaat", 1, Handeling.LEG_VAST, Wie(Rol.BEHEERDER, name), inhoud)
            boek.schrijf(lambda _stand, _moment, voorstel=voorstel: [voorstel])
            sys.stdout.write(object_ + "\n")
            sys.stdout.flush()
            number += 1

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, range(threads)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
