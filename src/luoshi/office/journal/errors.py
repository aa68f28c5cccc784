"""Why an action was refused. Every message is Chinese and says what to do."""

from __future__ import annotations


class Refused(Exception):
    """An action was refused; nothing was written. ``reasons`` are for the person who asked."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class NotAllowed(Refused):
    """The person may not do this."""


class NotFound(Refused):
    """There is no such thing in the person's office."""


class Stale(Refused):
    """What the person saw has changed in the meantime."""


class ClockBackwards(Refused):
    """The machine's clock is behind the last entry of the journal."""


class Unavailable(Refused):
    """The database cannot be written just now: disk full, locked for too long, not reachable."""


class WriteOutsideAction(RuntimeError):
    """The program tried to change a domain table outside an open action: a fault of ours."""
