"""No domain table is written outside an open action (DESIGN.md, principle 2).

The guard reads the statement itself, so it holds for `QuerySet.update`, raw SQL and
libraries alike. It stands in the program's own connections only: against a hand on the
database file there are the triggers and the verifier of the journal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from luoshi.office.journal.errors import WriteOutsideAction

_open: ContextVar[str] = ContextVar("luoshi_open_action", default="")
_saving: ContextVar[bool] = ContextVar("luoshi_saving", default=False)
_WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?"
    r"|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?(?:\s+ONLY)?|COPY)\s+"
    r"(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)


# What is said in comments and literals writes nothing, and must not hide what does.
_ASIDE = re.compile(r"'(?:[^']|'')*'|/\*.*?\*/|--[^\n]*", re.DOTALL)


@lru_cache(maxsize=1)
def domain_tables() -> frozenset[str]:
    """Return the tables that only actions may write: those of all models of `luoshi.office`."""
    from django.apps import apps

    return frozenset(
        model._meta.db_table.lower()
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("luoshi.office.")
    )


@lru_cache(maxsize=4096)
def _written_domain_table(sql: str) -> str:
    """Return a domain table that the statement writes, or an empty string."""
    for match in _WRITE.finditer(_ASIDE.sub(" ", sql)):
        if match[1].lower() in domain_tables():
            return match[1]
    return ""


def _guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _open.get():
        table = _written_domain_table(sql)
        if table:
            raise WriteOutsideAction(f"{table} is written outside an action")
    return execute(sql, params, many, context)


def install(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Put the guard on a connection, once."""
    if _guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(_guard)


def current() -> str:
    """Return the verb of the open action, or an empty string."""
    return _open.get()


@contextmanager
def opened(verb: str) -> Iterator[None]:
    """Allow writes while the block runs. For `luoshi.office.journal.action` alone."""
    token = _open.set(verb)
    try:
        yield
    finally:
        _open.reset(token)


def is_saving() -> bool:
    """Tell whether `Act` itself is writing a row."""
    return _saving.get()


@contextmanager
def saving() -> Iterator[None]:
    """Let a model save itself while the block runs. For `Act` alone: it keeps the row's digest."""
    token = _saving.set(True)
    try:
        yield
    finally:
        _saving.reset(token)
