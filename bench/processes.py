"""Measuring a piece of work in a process of its own: its time, and the most memory it held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ..errors import LeerbrugError

_RUN = "from leerbrug.bench.processes import work; work()"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a piece of work took, and what it answered (a count).

    `seconds` by the clock and `cpu` by the processor are of the work itself; `peak` is of its whole process, in bytes.
    On a machine that does other things as well, the second is the one to compare.
    """

    seconds: float
    cpu: float
    peak: int
    answer: int


def measured(function: Callable[..., int], *arguments: str) -> Measured:
    """Run a function of a module in a new Python; the start of Python and its imports are not in the seconds."""
    name = f"{function.__module__}:{function.__name__}"
    said, whole = run([sys.executable, "-c", _RUN, name, *arguments])
    found = json.loads(said)
    return Measured(found["seconds"], found["cpu"], found["peak"] or whole.peak, found["answer"])


def run(command: Sequence[str]) -> tuple[str, Measured]:
    """Run a command: what it printed, and what all of it took. Raises LeerbrugError where it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise LeerbrugError(f"De meting eindigde met uitgangscode {process.returncode}.", place=" ".join(command[:3]))
    scale = 1 if sys.platform == "darwin" else 1024
    cpu = usage.ru_utime + usage.ru_stime
    return said, Measured(time.perf_counter() - start, cpu, usage.ru_maxrss * scale, 0)


def work() -> None:
    """The other side of `measured`: run the function that the command line names and print what it took."""
    module, _, name = sys.argv[1].partition(":")
    function = getattr(import_module(module), name)
    start, cpu = time.perf_counter(), time.process_time()
    try:
        answer = function(*sys.argv[2:])
    except LeerbrugError as error:
        sys.exit(str(error))
    took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, "answer": answer}
    print(json.dumps({**took, "peak": _peak()}))


def _peak() -> int:
    """The most memory that this process held since it began, in bytes; 0 where the system does not say it.

    What Linux tells the parent of a process is at least what the parent itself held when it started the process.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
