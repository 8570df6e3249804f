"""The tables of the ledger and of the tokens, and how a database is opened and brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ..errors import StoreError

metadata = MetaData()

grootboek = Table(
    "grootboek",
    metadata,
    Column("nummer", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("tijdstip", String(32), nullable=False),
    Column("object", String(128), nullable=False, index=True),
    Column("soort", String(32), nullable=False),
    Column("versie", Integer, nullable=False),
    Column("handeling", String(16), nullable=False),
    Column("rol", String(16), nullable=False),
    Column("naam", Text, nullable=False),
    Column("instantie", String(64), nullable=False),
    Column("inhoud", Text, nullable=False),
    Column("sleutel", String(200)),
    Column("deel", Integer, nullable=False),
    Column("verzoek", String(64), nullable=False),
    Column("vorige", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    UniqueConstraint("sleutel", "deel", name="een_keer_per_sleutel"),
)

tokens = Table(
    "token",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("afdruk", String(64), nullable=False, unique=True),
    Column("rol", String(16), nullable=False),
    Column("naam", Text, nullable=False),
    Column("instantie", String(64), nullable=False),
    Column("gemaakt", String(32), nullable=False),
    Column("vervalt", String(32), nullable=False),
)

intrekkingen = Table(
    "tokenintrekking",
    metadata,
    Column("token", String(16), primary_key=True),
    Column("tijdstip", String(32), nullable=False),
)

ALLEEN_ERBIJ = ("grootboek", "token", "tokenintrekking")
"""The tables to which rows are only added; triggers of the database refuse the rest."""

SLOT = 7_310_042
"""The advisory lock of PostgreSQL under which one transaction at a time adds to the ledger."""


def open_database(url: str) -> Engine:
    """The database behind an address, with its tables brought up to date.

    `sqlite:///pad/besluiten.sqlite` is opened with a write-ahead log and brought to the disk at every commit;
    `postgresql+psycopg://…` needs the driver psycopg. Raises StoreError where it cannot be opened.
    """
    try:
        address = make_url(url)
        pool = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 120}
        if address.get_backend_name() == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        elif address.get_backend_name() == "sqlite":
            pool = {}  # in memory there is one connection a thread
        engine = create_engine(address, **pool)
        if engine.dialect.name == "sqlite":
            _for_sqlite(engine)
        _bring_up_to_date(engine)
    except (ArgumentError, DBAPIError, ModuleNotFoundError, OSError) as error:
        raise StoreError(
            f"De databank kan niet geopend worden: {error}.", remedy="Controleer het adres van de databank."
        ) from error
    return engine


def _for_sqlite(engine: Engine) -> None:
    """Let SQLAlchemy begin the transactions itself (the driver begins them too late), and wait for other writers."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=120000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("schrijft", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def schrijvend(engine: Engine) -> Iterator[Connection]:
    """A transaction that is alone in writing, in this process and in all others; committed when the block ends."""
    with engine.connect() as connection, connection.execution_options(schrijft=True).begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": SLOT})
        yield connection


def _bring_up_to_date(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migraties"))
    with schrijvend(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
