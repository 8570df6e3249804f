"""The ledger and the tokens, to which rows are only added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ALLEEN_ERBIJ = ("grootboek", "token", "tokenintrekking")

WEIGER = """
CREATE FUNCTION grootboek_weiger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'aan deze tabel wordt alleen toegevoegd'; END $$
"""


def upgrade() -> None:
    """Make the tables, and the triggers that refuse to change what stands."""
    op.create_table(
        "grootboek",
        sa.Column("nummer", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("tijdstip", sa.String(32), nullable=False),
        sa.Column("object", sa.String(128), nullable=False, index=True),
        sa.Column("soort", sa.String(32), nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("handeling", sa.String(16), nullable=False),
        sa.Column("rol", sa.String(16), nullable=False),
        sa.Column("naam", sa.Text, nullable=False),
        sa.Column("instantie", sa.String(64), nullable=False),
        sa.Column("inhoud", sa.Text, nullable=False),
        sa.Column("sleutel", sa.String(200)),
        sa.Column("deel", sa.Integer, nullable=False),
        sa.Column("verzoek", sa.String(64), nullable=False),
        sa.Column("vorige", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.UniqueConstraint("sleutel", "deel", name="een_keer_per_sleutel"),
    )
    op.create_table(
        "token",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("afdruk", sa.String(64), nullable=False, unique=True),
        sa.Column("rol", sa.String(16), nullable=False),
        sa.Column("naam", sa.Text, nullable=False),
        sa.Column("instantie", sa.String(64), nullable=False),
        sa.Column("gemaakt", sa.String(32), nullable=False),
        sa.Column("vervalt", sa.String(32), nullable=False),
    )
    op.create_table(
        "tokenintrekking",
        sa.Column("token", sa.String(16), primary_key=True),
        sa.Column("tijdstip", sa.String(32), nullable=False),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(WEIGER)
    for table in ALLEEN_ERBIJ:
        if postgresql:
            op.execute(
                f"CREATE TRIGGER {table}_vast BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION grootboek_weiger()"
            )
            continue
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'aan deze tabel wordt alleen toegevoegd'); END"
            )
