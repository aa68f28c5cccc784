"""M106: an owner who is nobody.

What: 由相关科室, 有关部门负责, 责任领导：班子全体成员 where an owner should be named.
Why: what everybody or somebody owns is done by nobody.
Basis: seen. 责任清单 names a leader and a unit (DOMAIN.md §3).
Example: “由相关科室适时研究解决。”
Counter-example: “由城市建设科牵头，会同有关部门，5月底前完成。”: a named unit leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import marks

META = Meta(
    code="M106",
    title="责任人不明确",
    family="measures",
    severity="warning",
    basis="seen",
    why="没有点名的责任，等于没有人负责。请写明哪个科室、哪位领导牵头。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object once per measure."""
    for _, hit in marks(page)["vague-owner"]:
        yield Objection((hit,), f"“{page.words(hit)}”没有点明是哪个科室、哪个人。")
