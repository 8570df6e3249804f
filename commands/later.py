"""Commands that are imported when they are run: a start takes a tenth of a second, whatever the others need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from .usage import misused


class Later(TyperCommand):
    """A command known by its name and its one sentence; its module is imported when its arguments are read."""

    def real(self) -> Any:
        """The command itself: the function of `commands/<name>.py` of that name, or its `app`."""
        name = (self.name or "").replace("-", "_")
        module = import_module(f"{__package__}.{name}")
        found: typer.Typer | None = getattr(module, "app", None)
        if found is None:
            found = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            found.command(self.name)(getattr(module, name))
        return typer.main.get_command(found)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the arguments as the real command does; it also runs in the context that this answers."""
        return self.real().make_context(info_name, args, parent, **extra)


@contextmanager
def told() -> Iterator[None]:
    """Says in Dutch what typer finds wrong; the help that it shows for no words at all stays."""
    try:
        yield
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        raise misused(error) from error


class Contents(TyperGroup):
    """A group whose commands are a table: name -> the sentence that its help shows."""

    table: ClassVar[Mapping[str, str]] = {}

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the words before the command. Raises InputError where they are wrong."""
        with told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises InputError where its words are wrong."""
        with told():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (typer asks with it)
        """The names, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (typer asks with it)
        """The command of that name, not yet imported; None where the table has none."""
        return Later(cmd_name, help=self.table[cmd_name]) if cmd_name in self.table else None
