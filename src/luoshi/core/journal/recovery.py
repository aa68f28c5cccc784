"""A recovery file: sealed bytes as lines that can be printed, kept in a safe, and typed in again.

Base32 in groups of five, each line with its number and two check characters, so that a slip of
the hand is found in its line.
"""

from __future__ import annotations

import base64
import hashlib
import re

_LINE = re.compile(r"(\d{2})((?: [A-Z2-7]{1,5}){1,8}) ([A-Z2-7]{2})")
_LETTERS = 40
_LOOKS_LIKE = re.compile(r"\s*\d\d\s+[A-Za-z0-9]")


def to_lines(data: bytes) -> list[str]:
    """Return bytes as numbered lines; at most 99 of them (``ValueError`` for more)."""
    letters = base64.b32encode(data).decode().rstrip("=")
    parts = [letters[n : n + _LETTERS] for n in range(0, len(letters), _LETTERS)]
    if len(parts) > 99:
        raise ValueError("too much for a printed page")
    return [
        f"{number:02} {' '.join(part[n : n + 5] for n in range(0, len(part), 5))} "
        f"{_check(number, part)}"
        for number, part in enumerate(parts, 1)
    ]


def from_lines(text: str) -> bytes:
    """Return the bytes of a text with such lines, whatever stands around them.

    Raises ``ValueError``, worded for who typed them, for a line that is wrong or missing.
    """
    parts: list[str] = []
    for line in text.splitlines():
        if not _LOOKS_LIKE.match(line):
            continue
        wanted = len(parts) + 1
        match = _LINE.fullmatch(" ".join(line.upper().split()))
        if match is None or int(match[1]) != wanted:
            raise ValueError(f"第{wanted:02}行缺失或者写错了，请对照原件核对")
        part = match[2].replace(" ", "")
        if _check(wanted, part) != match[3]:
            raise ValueError(f"第{wanted:02}行有一个字符写错了，请对照原件核对")
        parts.append(part)
    letters = "".join(parts)
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise ValueError("最后几行不完整，请对照原件核对") from None


def _check(number: int, letters: str) -> str:
    digest = hashlib.sha256(f"{number} {letters}".encode()).digest()
    return base64.b32encode(digest).decode()[:2]
