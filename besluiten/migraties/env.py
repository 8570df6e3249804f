"""Runs the migrations on the connection that was handed over, within its transaction."""

from __future__ import annotations

from alembic import context
from leerbrug.besluiten.tabellen import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="grootboek_versie",
    transactional_ddl=False,
)
context.run_migrations()
