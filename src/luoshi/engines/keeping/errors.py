"""Why a package was not made or not taken. Every message is Chinese and says what to do."""

from __future__ import annotations


class KeepingError(Exception):
    """Something could not be kept or brought back; nothing that was there has been touched."""
