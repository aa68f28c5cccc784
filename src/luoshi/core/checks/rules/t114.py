"""T114: full-width digits or letters.

What: digits ０–９ or letters Ａ–ｚ of full width; one finding for the document with their
number, at the first.
Why: they stand wider than the other figures and cannot be searched for.
Basis: custom. Ordinary setting of figures (GB/T 15835-2011 prints them half-width).
Example: ２０２５年共受理诉求６１２８件。
Counter-example: 2025年; Chinese numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T114",
    title="全角数字字母",
    family="text",
    severity="note",
    basis="custom",
    why="数字和字母通常用半角。请全部替换。",
)
_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．]*[０-９Ａ-Ｚａ-ｚ])?")


def find(page: Page) -> Iterator[Objection]:
    """Object once, at the first run of full-width digits or letters."""
    runs = list(_RUN.finditer(page.text))
    if runs:
        first = runs[0]
        many = f"，全文共{len(runs)}处" if len(runs) > 1 else ""
        fix = "".join(chr(ord(char) - 0xFEE0) for char in first[0])
        yield Objection((Span(*first.span()),), f"“{first[0]}”是全角数字或字母{many}。", fix)
