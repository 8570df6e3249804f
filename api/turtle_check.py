"""Holding a Turtle file to the shapes, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from ..checks import Report, Validator, findings, passed
from ..errors import LeerbrugError, SourceError
from ..graph.statements import Place


def report_on(path: Path) -> Report:
    """What the shapes find. Raises SourceError where the file is no Turtle."""
    store = Store()
    try:
        store.bulk_load(path=path, format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError) as error:
        raise SourceError(f"Dit is geen geldige Turtle: {error}.", place=path.name) from error
    validator = Validator()
    results = validator.validate(store)

    def where(subject: NamedNode, _predicate: NamedNode | None, _value: object) -> Place:
        return Place(path.name, str(subject.value))

    found = findings(results, validator.shapes, store, where)
    return Report.of(found, passed(results, validator.shapes, store))


def main() -> None:
    """Print the report as JSON; exit code 1 where there are violations, 2 where the file cannot be read."""
    try:
        report = report_on(Path(sys.argv[1]))
    except LeerbrugError as error:
        print(f"leerbrug: {error}", file=sys.stderr)
        sys.exit(2)
    sys.stdout.buffer.write(report.as_json())
    sys.exit(1 if report.stops else 0)
