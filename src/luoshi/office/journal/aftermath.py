"""What happens once an erasure or a lodging is committed: whoever keeps copies is told.

A backup made before still holds what was erased after it. The part above that keeps backups
listens here, so that a copy can never bring an erased person back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have a function called after every commit that `later` was called in; once each."""
    if listener not in _listeners:
        _listeners.append(listener)


def later() -> None:
    """Tell the listeners when the open transaction has been committed."""
    transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    for listener in _listeners:
        try:
            listener()
        except Exception:  # the action itself stands; `luoshi doctor` tells the rest
            logging.getLogger("luoshi.keeping").error("not_published", exc_info=True)
