"""The sentences that the code says to people when it refuses, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

VALUE = "7"
"""What stands in a sentence for each value that is filled in."""


def sentences(path: Path, calls: Collection[str]) -> Iterator[str]:
    """Every sentence that a module gives to one of these calls, as what is wrong or as the remedy."""
    module = ast.parse(path.read_text("utf-8"))
    constants = _named(module.body)
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            known = constants | _named(ast.walk(function))
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in calls:
                    remedies = [one.value for one in node.keywords if one.arg == "remedy"]
                    told = {text for one in (*node.args, *remedies) for text in _texts(one, known)}
                    yield from told - {VALUE, ""}


def _named(nodes: Iterator[ast.AST] | list[ast.stmt]) -> dict[str, ast.expr]:
    return {
        node.targets[0].id: node.value
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _texts(node: ast.expr, known: dict[str, ast.expr]) -> list[str]:
    """What an expression may say; a value that is filled in says VALUE."""
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, known), *_texts(node.orelse, known)]
    if isinstance(node, ast.Name) and isinstance(known.get(node.id), ast.Constant | ast.JoinedStr | ast.IfExp):
        return _texts(known[node.id], {name: one for name, one in known.items() if name != node.id})
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            found = [begun + text for begun in found for text in _texts(part, known)]
        return found
    if isinstance(node, ast.FormattedValue):
        mark = "'" if node.conversion == ord("r") else ""
        return [f"{mark}{text}{mark}" for text in _texts(node.value, known)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else [VALUE]
