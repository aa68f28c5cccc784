"""A note of what kept the sweep from running, for the record of the next run that can be written.

The journal refuses every entry while the clock is behind: such a note can lie in a file only.
"""

from __future__ import annotations

from luoshi.office.home import home

FILE = "sweep-trouble.txt"
_MOST = 300


def note(words: str) -> None:
    """Keep a note; a folder that cannot be written loses it, the refusal itself is shown."""
    try:
        (home() / FILE).write_text(words[:_MOST], encoding="utf-8")
    except OSError:
        return


def read() -> str:
    """Return the note, or an empty text."""
    try:
        return (home() / FILE).read_text(encoding="utf-8")[:_MOST]
    except (OSError, UnicodeDecodeError):
        return ""


def take() -> str:
    """Return the note and remove it."""
    words = read()
    (home() / FILE).unlink(missing_ok=True)
    return words
