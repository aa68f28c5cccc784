"""What lies above the ledger and speaks against closing: apps register a provider here.

A provider is given a commitment and returns dated facts, each with Chinese words that say what
is open. One that fails is named in the item's facts, and core/workflow then refuses: not to
know is no reason to close.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection, transaction

from luoshi.core.workflow.facts import OpenFact
from luoshi.office.ledger.models import Commitment

Provider = Callable[[Commitment], Iterable[OpenFact]]

_log = logging.getLogger(__name__)
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Register a provider under the Chinese name by which a failure is reported."""
    _providers[name] = provider


def unregister(name: str) -> None:
    """Take a provider away."""
    _providers.pop(name, None)


def _apart() -> AbstractContextManager[Any]:
    """Let a provider's failing statement fail alone: PostgreSQL would refuse all that follow."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def open_facts(commitment: Commitment) -> tuple[tuple[OpenFact, ...], tuple[str, ...]]:
    """Return what is open against a commitment, and the names of providers that failed."""
    found: list[OpenFact] = []
    failed: list[str] = []
    for name, provider in _providers.items():
        try:
            with _apart():
                found += provider(commitment)
        except Exception:  # noqa: BLE001  # whatever it was: the item must not close on it
            _log.exception("“%s”的情况没有取到，有关事项暂时不能销号。", name)
            failed.append(name)
    return tuple(found), tuple(failed)
