"""B104: a set phrase in place of a problem or a cause.

What: a clause that everybody writes and that tells nothing (还有很大差距, 有待加强).
Two sayings or more in one sentence (众人拾柴火焰高) are a warning, other phrases a note.
Why: it takes the room of the fact that is missing.
Basis: seen. 同质化 and 套话 are returned every year (DOMAIN.md §2).
Example: “与组织的要求相比，自己还有很大差距。”
Counter-example: “与全年12次的要求相比还有不小差距，只去了5次。”: the gap is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import clause_end, is_firm, is_quoted, pattern, shown
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

META = Meta(
    code="B104",
    title="套话",
    family="substance",
    severity="note",
    basis="seen",
    why="这类话放到谁的材料里都成立。请写明差在哪里、差多少，或者删去。",
)


_STOP = re.compile(r"[。！？\n]")


def find(page: Page) -> Iterator[Objection]:
    """Object to sayings in a row anywhere, and once per statement to a set phrase without a fact.

    After the last statement, where a paper closes, the first set phrase is enough.
    """
    rows = list(_rows_of_sayings(page))
    for place in rows:
        message = f"“{shown(page, place)}”是一串现成话，没有说出内容。"
        yield Objection((place,), message, severity="warning")
    for point in page.examination.points:
        told = any(point.start <= place.start < point.end for place in rows)
        if point.kind in ("problem", "cause") and not told:
            images = list(_images(page, point))
            yield from images or _phrase(page, point)
    points = page.examination.points
    start = points[-1].end if points else len(page.text)
    for match in pattern("stock").finditer(page.text, start):
        place = Span(*match.span())
        yield Objection((place,), f"“{shown(page, place)}”是套话，没有说出内容。")
        break


def _rows_of_sayings(page: Page) -> Iterator[Span]:
    """Yield two sayings or more of one sentence, from the first to the last.

    Not those of measures: what a measure lacks beside its sayings is for other rules.
    """
    measures = page.points("measure")
    group: list[Span] = []
    end = -1
    for saying in (*_sayings(page), Span(len(page.text) + 1, len(page.text) + 1)):
        if saying.start >= end:
            if len(group) >= 2 and not any(m.start <= group[0].start < m.end for m in measures):
                yield Span(group[0].start, group[-1].end)
            group = []
            stop = _STOP.search(page.text, saying.end)
            end = stop.start() if stop else len(page.text)
        group.append(saying)


def _sayings(page: Page) -> list[Span]:
    """Return the sayings that are not quoted; two halves side by side are one."""
    found: list[Span] = []
    for hit in page.hits("proverb"):
        if is_quoted(page, hit.start, max(0, hit.start - 60)):
            continue
        if found and found[-1].end == hit.start:
            found[-1] = Span(found[-1].start, hit.end)
        else:
            found.append(hit)
    return found


def _images(page: Page, point: Point) -> Iterator[Objection]:
    """Object to a sentence of a problem or a cause that is made of figures of speech."""
    if not page.hits("image", (point.words, point.end)):
        return
    for sentence in page.sentences_of(point):
        hits = sorted({*page.hits("image", sentence), *page.hits("image-verb", sentence)})
        words = {page.words(hit) for hit in hits}
        images = {page.words(hit) for hit in page.hits("image", sentence)}
        plain = point.kind == "cause" and not page.hits("tangible", sentence)
        if is_firm(page, sentence) or not (len(words) >= _ROW or (plain and len(images) > 1)):
            continue
        place = Span(sentence.start, clause_end(page, hits[-1].end, sentence.end))
        message = f"“{shown(page, place)}”全是打比方的话，没有说出内容。"
        yield Objection((place,), message, severity="warning")
        return


# So many images in one sentence leave no room for a fact.
_ROW = 3


def _phrase(page: Page, point: Point) -> Iterator[Objection]:
    """Object to the first set phrase that stands beside no fact."""
    for sentence in page.sentences_of(point):
        hits = page.hits("empty-phrase", sentence)
        if (
            hits
            and not is_firm(page, sentence)
            and not is_quoted(page, hits[0].start, sentence.start)
        ):
            yield Objection((hits[0],), f"“{page.words(hits[0])}”是套话，没有说出内容。")
            return
