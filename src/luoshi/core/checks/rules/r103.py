"""R103: the report says that all is settled, and problems are back.

What: the report on the previous meeting says that all problems are settled (全部整改到位, 整改完成率100%),
and this material names one of them again: an error. It says how many are settled, or that they
mostly are, and more are back than that leaves: a warning (needs an earlier material).
Why: 纸面整改: who was told that it was settled reads here that it is not.
Basis: seen. “100 % rectified” followed by persisting problems is returned (DOMAIN.md §2).
Example: “上年度7个问题已全部整改到位。” and 服务群众意识不强 is back.
Counter-example: “完成整改6个，1个持续推进。” and that one is back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import heading, last, last_step, quoted
from luoshi.core.recurrence.model import Claim, Recurrence, Then

META = Meta(
    code="R103",
    title="说已经整改，问题又提出来",
    family="recurrence",
    severity="error",
    basis="seen",
    why="报告说整改完了，后面又查摆出同样的问题，看的人不知道该信哪一句。请把没有改完的如实写出来，说明差在哪里、下一步怎么办。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the first claim that what is back belies; further ones say the same."""
    step = last_step(page)
    back = [then for then in step.then if then.back] if step else []
    for claim in step.claims if step and back else ():
        severity = _severity(step, claim, back) if step else None
        if step is None or severity is None:
            continue
        spans = tuple(heading(page, now) for now in step.returned())
        earlier = tuple(quoted(step.earlier, last(page), then.point) for then in back)
        words = page.words(claim.span)
        message = f"这里说“{words}”，上次的问题却有{len(back)}个这次又提了出来。"
        yield Objection((claim.span, *spans), message, severity=severity, earlier=earlier)
        return


def _severity(step: Recurrence, claim: Claim, back: Sequence[Then]) -> Severity | None:
    """Return how grave the claim is against what is back; None where it leaves room for it."""
    if claim.kind == "all":
        return "error"
    total = step.stated.number if step.stated else len(step.then)
    if claim.settled is not None:
        return "warning" if len(back) > max(0, total - claim.settled) else None
    return "warning" if 2 * len(back) > len(step.then) else None
