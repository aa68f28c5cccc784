"""M110: the owner verifies and closes his own measure.

What: a measure led by the author and accepted or closed by the author too.
Why: a check by the one who did the work proves nothing; closing needs somebody else.
Basis: seen. 谁验收、谁负责, and the verifier is never the owner (DOMAIN.md §3).
Example: “由本人牵头，完成后由本人验收、报本人销号。”
Counter-example: “由项目办负责，完成后由我验收。”: another one did the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import measures, pattern
from luoshi.core.reading.model import Span

META = Meta(
    code="M110",
    title="自己验收自己",
    family="measures",
    severity="error",
    basis="seen",
    why="自己做的事由自己验收、自己销号，等于没有核验。请改由本人以外的人或部门核验。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object where the same measure names the author as owner and as verifier."""
    for measure in measures(page):
        text, span = page.text, measure.point
        match = pattern("self-check").search(text, span.words, span.end)
        if match and pattern("self-owner").search(text, span.words, match.start()):
            place = Span(*match.span())
            yield Objection((place,), f"“{page.words(place)}”是自己验收自己负责的事。")
