"""T139: figures of one passage that arithmetic joins and that do not fit.

What: what there was, what came and went, and what there is (原有5名，调走2名、补进1名，现有3名); so
many each and how many together (36亩，每亩300元，一年9800元); two years and how long it took
(2019年立项、2025年动工，拖了4年); a row of rates and by how much they fell; a part told as 一半 or
三成; parts behind a sentence that gave the whole (认领问题9个。已整改7个，正在推进3个); of a few
things counted in words, what is used and what is not (6座，两座在用，其他5座).
Why: whoever reckons finds it, and doubts the other figures too.
Basis: custom. Arithmetic.
Example: “原来5名网格员，调走2名、补进1名，现在只有3名。”
Counter-example: “原来5名网格员，调走2名、补进1名，现在有4名。”
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._parted import fractions, parts_of_before, unused
from luoshi.core.checks.rules._reckoned import (
    change_rates,
    moved,
    multiplied,
    rows_of_rates,
    years,
)

META = Meta(
    code="T139",
    title="前后数字算不拢",
    family="text",
    severity="error",
    basis="custom",
    why="同一处的几个数字合不上，一算就知道。请对照原始记录，改正错的那个。",
)
# Without one of these words no relation is told that is looked for here.
_CUES = re.compile(
    r"每|人均|原[来有]|年初|上年末|拖|历时|前后|相隔|时隔|用了|百分点|半|[一二三四五六七八九]成|分之|正在|尚未|其他|其余|剩"
)


def find(page: Page) -> Iterator[Objection]:
    """Object to every set of figures that do not fit, of two at one place to the first."""
    if not _CUES.search(page.text):
        return
    found = [
        objection
        for relation in (
            moved, multiplied, years, rows_of_rates, change_rates, fractions, parts_of_before, unused,
        )
        for objection in relation(page)
    ]  # fmt: skip
    end = 0
    for span, message in sorted(found):
        if span.start >= end:
            end = span.end
            yield Objection((span,), message)
