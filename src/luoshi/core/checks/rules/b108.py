"""B108: a standing task reported as finished.

What: in the report on the previous meeting, 已完成整改 and 长期坚持 in one sentence.
Why: 长期坚持 is not done; it needs a check that comes back, or nobody looks again.
Basis: seen. Ledgers close standing tasks at the year's end (DOMAIN.md §3).
Example: “该问题已完成整改，长期坚持。”
Counter-example: “已建立制度，今后每季度抽查一次，长期坚持。”: the check is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import pattern
from luoshi.core.reading.model import Span

META = Meta(
    code="B108",
    title="长期坚持的事报成已完成",
    family="substance",
    severity="warning",
    basis="seen",
    why="需要长期坚持的事不等于已经完成。请写明今后多久检查一次、由谁检查。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to each sentence that says both and names no recurring check."""
    for point in page.points("previous"):
        for sentence in page.sentences_of(point):
            done = page.hits("claim-one", sentence) or page.hits("claim-done", sentence)
            standing = page.hits("standing", sentence)
            if done and standing and not pattern("frequency").search(page.text, *sentence):
                first, last = min(done[0], standing[0]), max(done[0], standing[0])
                yield Objection(
                    (Span(first.start, last.end),),
                    f"说“{page.words(done[0])}”，又说“{page.words(standing[0])}”，没有写明今后怎样定期检查。",
                )
