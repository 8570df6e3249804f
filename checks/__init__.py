"""Check: what SHACL and what SHACL cannot say -> one Report whose findings name file, sheet, row and cell."""

from .engines import Engine, PyshaclEngine, RustEngine, ShapesError
from .report import Passed, Report, Where, findings, passed
from .result import Result
from .shapes import Shapes
from .validator import Validator

__all__ = [
    "Engine",
    "Passed",
    "PyshaclEngine",
    "Report",
    "Result",
    "RustEngine",
    "Shapes",
    "ShapesError",
    "Validator",
    "Where",
    "findings",
    "passed",
]
