"""B104: a set phrase in place of a problem or a cause.

What: a clause that everybody writes and that tells nothing (还有很大差距, 有待加强).
Why: it takes the room of the fact that is missing.
Basis: seen. 同质化 and 套话 are returned every year (DOMAIN.md §2).
Example: “与组织的要求相比，自己还有很大差距。”
Counter-example: “与全年12次的要求相比还有不小差距，只去了5次。”: the gap is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import is_firm, is_quoted, pattern, shown
from luoshi.core.reading.model import Span

META = Meta(
    code="B104",
    title="套话",
    family="substance",
    severity="note",
    basis="seen",
    why="这类话放到谁的材料里都成立。请写明差在哪里、差多少，或者删去。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the first set phrase of each problem and cause that stands beside no fact.

    After the last statement, where a paper closes, the first one of all is enough.
    """
    yield from _of_statements(page)
    points = page.examination.points
    start = points[-1].end if points else len(page.text)
    for match in pattern("stock").finditer(page.text, start):
        place = Span(*match.span())
        yield Objection((place,), f"“{shown(page, place)}”是套话，没有说出内容。")
        break


def _of_statements(page: Page) -> Iterator[Objection]:
    for point in page.examination.points:
        if point.kind not in ("problem", "cause"):
            continue
        for sentence in page.sentences_of(point):
            hits = page.hits("empty-phrase", sentence)
            if (
                hits
                and not is_firm(page, sentence)
                and not is_quoted(page, hits[0].start, sentence.start)
            ):
                yield Objection((hits[0],), f"“{page.words(hits[0])}”是套话，没有说出内容。")
                break
