"""Showing how far a long command is: on standard error, and only once it takes over two seconds."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

PATIENCE = 2.0
"""Seconds after which a wait is shown."""


class Watch:
    """A bar that names the step at hand and counts what it has done; `quiet` shows nothing.

    >>> with Watch(quiet=True) as watch:
    ...     watch.step("Lezen")
    ...     watch.count(3, "records")
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet, self._start = quiet, time.monotonic()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[done]}"),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._task is not None:
            self._bar.stop()

    def step(self, name: str) -> None:
        """A new step begins."""
        self._name = name
        self._show("")

    def count(self, number: int, what: str) -> None:
        """So many are done in this step."""
        self._show(f"{number} {what}")

    def _show(self, done: str) -> None:
        if self._quiet or time.monotonic() - self._start < PATIENCE:
            return
        if self._task is None:
            self._task = self._bar.add_task(self._name, total=None, done=done)
            self._bar.start()
        self._bar.update(self._task, description=self._name, done=done)
