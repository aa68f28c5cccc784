"""M105: words that sound like action and name none.

What: 经常到基层走访调研, 督促有关部门, 下大气力: set phrases for doing, without how often,
where, which department or what result.
Why: they cannot be checked; next year they are written again.
Basis: seen. Measures nobody can act on (DOMAIN.md §1, §2).
Example: “督促有关部门实施好各项民生工程。”
Counter-example: “每周三督促有关部门报送进度，逾期的当周约谈。”: how often is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import marks

META = Meta(
    code="M105",
    title="措施的动作含糊",
    family="measures",
    severity="warning",
    basis="seen",
    why="听着是动作，却落不到哪一天、哪一处、哪个部门。请写明多久一次、去哪里、找谁、要什么结果。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to each such phrase whose sentence says neither how often nor how much.

    Beside an action with owner, date and indicator such a phrase is a note.
    """
    for measure, hit in marks(page)["vague-action"]:
        yield Objection(
            (hit,),
            f"“{page.words(hit)}”说不清要做哪件事、做到什么程度。",
            severity="note" if measure.done and not measure.missing else None,
        )
