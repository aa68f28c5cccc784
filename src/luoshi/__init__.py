"""落实 luoshi: from self-examination to commitments that close only on independent evidence.

The Python interface::

    from luoshi import check, read, split

    document = read("材料.docx")          # the canonical text and the way back to the source
    examination = split(document)         # problems, causes, measures and their links
    report = check("材料.docx")           # all of it, with findings
    for problem in report.examination.unanswered():
        print(problem.path, report.examination.text_of(problem))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.core.checks import Finding, Report
    from luoshi.core.material import Examination
    from luoshi.core.material.outline import UnknownOutlineError
    from luoshi.core.reading.model import Document, ReadError
    from luoshi.engines.interface import check, read, split

__version__ = "0.1.0"
__all__ = [
    "Document", "Examination", "Finding", "ReadError", "Report", "UnknownOutlineError", "check",
    "read", "split",
]  # fmt: skip

_HOME = {
    "check": "luoshi.engines.interface",
    "read": "luoshi.engines.interface",
    "split": "luoshi.engines.interface",
    "Document": "luoshi.core.reading.model",
    "ReadError": "luoshi.core.reading.model",
    "Examination": "luoshi.core.material",
    "Finding": "luoshi.core.checks",
    "UnknownOutlineError": "luoshi.core.material.outline",
    "Report": "luoshi.core.checks",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: the command line must start fast and needs few of them.
    if name not in _HOME:
        raise AttributeError(f"module 'luoshi' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
