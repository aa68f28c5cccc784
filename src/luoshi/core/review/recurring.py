"""What became of last year's problems (`core/recurrence`), as plain values that can be kept."""

from __future__ import annotations

from typing import Any

from luoshi.core.recurrence import Now, Recurrence

#: Grows when the comparison is made in another way, so that kept ones are made anew.
EDITION = 1
_WORDS = 80


def recurring(held: Recurrence) -> dict[str, Any]:
    """Return ``rows`` (one for each problem of the later material), ``then`` and ``gone``.

    A row has the span and ``state`` of the later problem and, where it comes back, the words of
    the earlier one and of the measures then promised for it.
    """
    return {
        "title": held.earlier.profile.title,
        "then": len(held.then),
        "gone": len(held.gone()),
        "rows": [_row(held, now) for now in held.now],
    }


def _row(held: Recurrence, now: Now) -> dict[str, Any]:
    then = held.before(now)
    earlier = held.earlier
    return {
        "start": now.point.start,
        "end": now.point.end,
        "state": now.state,
        "was": _short(earlier.text_of(then.point)) if then else "",
        "promised": [_short(earlier.text_of(m.point)) for m in then.measures] if then else [],
    }


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WORDS else f"{line[: _WORDS - 1]}…"
