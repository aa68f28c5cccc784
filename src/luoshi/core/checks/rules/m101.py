"""M101: a problem that no measure answers.

What: a problem that no measure cites, names or resembles (see _answers.py: a weak link by
which the two share no word of their own counts for nothing).
Why: what is named and not answered comes back next year.
Basis: seen. Reviewers return materials whose measures leave problems out (DOMAIN.md §2).
Example: 问题“3.对社区工作者队伍的培养抓得不紧。” and no measure on it.
Counter-example: the same problem, and 措施“每季度到两个软弱涣散支部蹲点一周。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._answers import answers
from luoshi.core.checks.rules._citing import title_of

META = Meta(
    code="M101",
    title="问题没有措施",
    family="measures",
    severity="warning",
    basis="seen",
    why="提出了问题却没有措施，明年多半还会再提。审阅时通常会退回补充。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to every unanswered problem; to none when the text has no measures at all."""
    for point in answers(page).unanswered:
        yield Objection((title_of(page, point),), "没有一条措施回应这个问题。")
