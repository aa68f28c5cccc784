"""The rules: every module of this package whose name has no underscore is one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from luoshi.core import knowledge
from luoshi.core.checks.model import Rule


@cache
def names() -> tuple[str, ...]:
    """Return the module names of all rules, which are their codes in small letters, sorted."""
    entries = (entry.name for entry in (knowledge.PACKAGE / "core" / "checks" / "rules").iterdir())
    return tuple(sorted(n[:-3] for n in entries if n.endswith(".py") and n[0] != "_"))


def rule(name: str) -> Rule:
    """Return the rule of this name; raises ``ModuleNotFoundError`` when there is none."""
    return cast(Rule, import_module(f"{__name__}.{name}"))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules in the order of their codes."""
    return tuple(rule(name) for name in names())
