"""M103: a measure of which nothing can be seen done.

What: a measure that names attitudes only (增强, 树立, 牢记, 坚持): no action that an outsider
could see, no number, no date, no frequency.
Why: it can neither be done nor checked, and closes itself at the year's end.
Basis: seen. Measures nobody can act on are returned (DOMAIN.md §2: all four of the seed).
Example: “强化理论武装。要把学习作为根本，坚持学用结合，不断提高党性修养。”
Counter-example: “强化理论武装。每周三晚自学两小时，每季度写1篇体会在支部交流。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import Measure, measures

META = Meta(
    code="M103",
    title="措施看不出要做什么",
    family="measures",
    severity="warning",
    basis="seen",
    why="只有态度，没有动作，落实没落实无法核对。请写明做哪一件事、由谁做、什么时候做完、做到什么程度算完成。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading sentence of each measure of attitudes only."""
    for measure in measures(page):
        if not measure.visible:
            others = page.sentences_of(measure.point)[1:2]
            heading = page.examination.heading_of(measure.point)
            yield Objection((heading, *others), _message(page, measure))


def _message(page: Page, measure: Measure) -> str:
    words = dict.fromkeys(page.words(hit) for hit in page.hits("attitude", measure.body))
    listed = "".join(f"“{word}”" for word in list(words)[:4])
    tail = f"，只有{listed}这样的态度。" if listed else "。"
    return "这条措施看不出要做什么" + tail
