"""M108: a sentence of a measure that is a slogan.

What: a sentence of fixed phrases only, with no action, number or date; the emptiest one of
each measure.
Why: slogans fill the place of the step that is missing.
Basis: seen. 口号式措施 is returned (DOMAIN.md §2).
Example: “始终保持共产党人的政治本色，以奋发有为的精神状态开创工作新局面。”
Counter-example: “发扬钉钉子精神，每月到工地核一次进度。”: a step follows the slogan.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import marks

META = Meta(
    code="M108",
    title="口号式措施",
    family="measures",
    severity="warning",
    basis="seen",
    why="整句都是固定说法，没有可做的事。请删去，或换成一件具体要做的事。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the emptiest slogan sentence of each measure, beside an action too."""
    for _, sentence in marks(page)["slogan"]:
        yield Objection((sentence,), "这句话都是口号，看不出要做哪件事。")
