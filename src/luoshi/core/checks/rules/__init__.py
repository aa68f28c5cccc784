"""All rules, in the order of their codes: every module of this package is one."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import cast

from luoshi.core.checks.model import Rule


def _all() -> tuple[Rule, ...]:
    here = files(__name__)
    names = sorted(
        entry.name[:-3]
        for entry in here.iterdir()
        if entry.name.endswith(".py") and not entry.name.startswith("_")
    )
    return tuple(cast(Rule, import_module(f"{__name__}.{name}")) for name in names)


ALL = _all()
