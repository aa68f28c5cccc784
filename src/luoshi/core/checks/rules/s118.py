"""S118: an opening that tells nothing of opinions sought or talks held.

What: the opening of a material for a democratic life meeting names neither opinions that were
sought nor talks that were held, and no number of either stands anywhere in it.
Why: whoever reviews asks on what the self-examination rests besides the author's own view.
Basis: seen. The opening tells how many sessions, opinions and talks (DOMAIN.md §2).
Example: “按照会议要求，本人认真学习，深刻反思，现检查如下。”
Counter-example: “会前集中学习4次，征求意见12条，谈心谈话9人次，现检查如下。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.knowledge import table

META = Meta(
    code="S118",
    title="开头没有写征求意见和谈心谈话",
    family="structure",
    severity="warning",
    basis="seen",
    why="材料开头通常写明会前学习几次、征求意见多少条、谈心谈话多少人次。请补写。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the opening, once."""
    told = table("checks/opening")
    profile = page.examination.profile
    if page.outline.id not in told["outlines"] or profile.opening is None:
        return
    if profile.opinions is not None or profile.talks is not None:
        return
    words = page.words(profile.opening)
    if not any(word in words for word in told["words"]):
        yield Objection((profile.opening,), "开头没有写会前征求了多少条意见、谈心谈话多少人次。")
