"""The ledger: entries are added one after the other, each sealed by the hash of the one before; nothing is changed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, Row, func, insert, select

from ..errors import BesluitError, GrootboekError
from .soorten import Wie
from .tabellen import grootboek, open_database, schrijvend
from .toestand import Handeling, Regel, Stand, canoniek

BEGIN = "0" * 64
"""What the first entry names as the hash before it."""

BLADZIJDE = 2000
"""How many entries are read at a time, so that a long ledger needs no memory."""

_T = TypeVar("_T")
_VELDEN = tuple(column.name for column in grootboek.columns)


class Voorstel(msgspec.Struct, frozen=True):
    """An entry that is about to be added: everything but its number, its moment and its seal."""

    object: str
    soort: str
    versie: int
    handeling: Handeling
    wie: Wie
    inhoud: dict[str, Any]


def zegel(regel: Regel) -> str:
    """The hash of an entry: SHA-256 over its canonical JSON, which holds the hash of the entry before.

    >>> len(zegel(Regel(1, "", "a", "mandaat", 1, "maak", "sector", "n", "bouw", "{}", None, 0, "", BEGIN, "")))
    64
    """
    velden = msgspec.to_builtins(msgspec.structs.replace(regel, hash=""))
    return hashlib.sha256(canoniek(velden).encode()).hexdigest()


def nu() -> datetime:
    """The moment; handed over as an argument wherever time matters, so that tests can say what it is."""
    return datetime.now(UTC)


class Grootboek:
    """The ledger in a database; any number of threads and processes may write it, one at a time.

    >>> boek = Grootboek.open("sqlite://")
    >>> boek.stand().nummer
    0
    """

    def __init__(self, engine: Engine, klok: Callable[[], datetime] = nu) -> None:
        self.engine, self.klok = engine, klok
        self._stand, self._lock = Stand(), threading.Lock()

    @classmethod
    def open(cls, url: str, klok: Callable[[], datetime] = nu) -> Grootboek:
        """The ledger at this address, made or brought up to date where needed. Raises StoreError."""
        return cls(open_database(url), klok)

    def schrijf(
        self, beslis: Callable[[Stand, datetime], Sequence[Voorstel]], sleutel: str = "", verzoek: str = ""
    ) -> list[Regel]:
        """Add what `beslis` proposes on the state that it is shown, all or nothing; alone in writing meanwhile.

        With a key the same call can be made again: what it added before is given back and nothing is added; `verzoek`
        is the fingerprint of what is asked, and a key that was used for something else raises BesluitError. What
        `beslis` raises is raised here, and nothing is added. When this returns, the entries are on the disk.
        """
        with self._lock:
            with schrijvend(self.engine) as connection:
                self._catch_up(connection)
                if sleutel and (eerder := _met_sleutel(connection, sleutel, verzoek)):
                    return eerder
                moment = self.klok()
                regels = list(self._verzegeld(beslis(self._stand, moment), moment, sleutel, verzoek))
                if regels:
                    connection.execute(insert(grootboek), [msgspec.structs.asdict(regel) for regel in regels])
            for regel in regels:
                self._stand.verwerk(regel)
            return regels

    def _verzegeld(
        self, voorstellen: Sequence[Voorstel], moment: datetime, sleutel: str, verzoek: str
    ) -> Iterator[Regel]:
        vorige, nummer = self._stand.kop or BEGIN, self._stand.nummer
        for deel, voorstel in enumerate(voorstellen):
            regel = Regel(
                nummer=nummer + deel + 1,
                tijdstip=moment.astimezone(UTC).isoformat(timespec="milliseconds"),
                object=voorstel.object,
                soort=voorstel.soort,
                versie=voorstel.versie,
                handeling=voorstel.handeling.value,
                rol=voorstel.wie.rol.value,
                naam=voorstel.wie.naam,
                instantie=voorstel.wie.instantie,
                inhoud=canoniek(voorstel.inhoud),
                sleutel=sleutel or None,
                deel=deel,
                verzoek=verzoek,
                vorige=vorige,
                hash="",
            )
            vorige = zegel(regel)
            yield msgspec.structs.replace(regel, hash=vorige)

    def lees(self, vraag: Callable[[Stand], _T]) -> _T:
        """What `vraag` answers on the present state; the state is not changed while it is asked."""
        with self._lock:
            with self.engine.connect() as connection:
                self._catch_up(connection)
            return vraag(self._stand)

    def stand(self) -> Stand:
        """The present state, kept up to date by every later call; to be read in the thread that writes."""
        with self._lock:
            with self.engine.connect() as connection:
                self._catch_up(connection)
            return self._stand

    def _catch_up(self, connection: Connection) -> None:
        for regel in _regels(connection, self._stand.nummer):
            self._stand.verwerk(regel)

    def regels(self, na: int = 0) -> Iterator[Regel]:
        """The entries after that number, in order."""
        while bladzijde := self._bladzijde(na):
            yield from bladzijde
            na = bladzijde[-1].nummer

    def _bladzijde(self, na: int) -> list[Regel]:
        with self.engine.connect() as connection:
            return list(_regels(connection, na, BLADZIJDE))

    def van(self, object_: str) -> list[Regel]:
        """The entries about one object, in order."""
        vraag = select(grootboek).where(grootboek.c.object == object_).order_by(grootboek.c.nummer)
        with self.engine.connect() as connection:
            return [_regel(row) for row in connection.execute(vraag)]

    def van_soort(self, soort: str, na: int = 0) -> list[Regel]:
        """The entries about one kind of record after that number, in order."""
        vraag = select(grootboek).where(grootboek.c.soort == soort, grootboek.c.nummer > na)
        with self.engine.connect() as connection:
            return [_regel(row) for row in connection.execute(vraag.order_by(grootboek.c.nummer))]

    def verifieer(self, ankers: Sequence[tuple[int, str]] = ()) -> int:
        """Check every seal, from the first entry on; the number of entries.

        An anchor (number, hash) was written down elsewhere when that entry was the last: with it a ledger that lost
        its tail is found too. Raises GrootboekError that names the first entry that differs.
        """
        vorige, aantal, zegels = BEGIN, 0, {0: BEGIN}
        for regel in self.regels():
            aantal += 1
            _keur(regel, aantal, vorige)
            vorige = zegels[aantal] = regel.hash
        for nummer, gezegeld in ankers:
            if zegels.get(nummer) != gezegeld:
                raise GrootboekError(
                    f"Regel {nummer} is niet de regel die elders verankerd is.", remedy="Zet een kopie terug."
                )
        return aantal

    def laatste(self) -> int:
        """The number of the last entry, without reading any."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.coalesce(func.max(grootboek.c.nummer), 0))).scalar_one())

    def kop(self) -> tuple[int, str]:
        """Number and hash of the last entry: what an anchor holds."""
        return self.lees(lambda stand: (stand.nummer, stand.kop or BEGIN))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _keur(regel: Regel, nummer: int, vorige: str) -> None:
    if regel.nummer != nummer:
        fout = f"Regel {nummer} ontbreekt"
    elif regel.vorige != vorige:
        fout = f"Regel {nummer} ({regel.object}) volgt niet op de regel ervoor"
    elif zegel(regel) != regel.hash:
        fout = f"Regel {nummer} ({regel.object}) is gewijzigd of vervalst"
    else:
        return
    raise GrootboekError(f"{fout}.", remedy="Vergelijk met een kopie en zet ze terug.")


def _regels(connection: Connection, na: int, hoogstens: int | None = None) -> Iterator[Regel]:
    vraag = select(grootboek).where(grootboek.c.nummer > na).order_by(grootboek.c.nummer).limit(hoogstens)
    return (_regel(row) for row in connection.execute(vraag))


def _regel(row: Row[Any]) -> Regel:
    return Regel(**dict(zip(_VELDEN, row, strict=True)))


def _met_sleutel(connection: Connection, sleutel: str, verzoek: str) -> list[Regel]:
    vraag = select(grootboek).where(grootboek.c.sleutel == sleutel).order_by(grootboek.c.deel)
    eerder = [_regel(row) for row in connection.execute(vraag)]
    if any(regel.verzoek != verzoek for regel in eerder):
        raise BesluitError("Deze sleutel is al gebruikt voor iets anders.", remedy="Kies een nieuwe sleutel.")
    return eerder
