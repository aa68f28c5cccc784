"""Posts that an author says he holds, otherwise than by 作为.

Since when he has held one (2022年担任党工委副书记以后), where he sits (在主任的位子上), what he
answers for (履行书记的责任), or a post set in brackets behind 我.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    Post,
    line_end,
    post_pattern,
    posts_table,
    quoted,
)
from luoshi.core.reading.model import Span

# So far around its title the words stand by which somebody holds a post.
_POST_BEFORE, _POST_AFTER = 34, 18
# And without one of these behind it they are none.
_AFTER = re.compile(
    r"以来|至今|以后|之后|后|已|这|一职|职务|近|快|多年|[一二两三四五六七八九十\d]{1,2}年"
    r"|(?:这个|这一|的)*(?:位子|位置|岗位|职位|任)上|(?:的|这个)*(?:第一责任人)?的?(?:职责|责任|角色)"
    r"|的(?:担子|身份|本分|位置)|[）)]"
)


@cache
def _holding() -> re.Pattern[str]:
    """Return the pattern of a post that the author says he holds, otherwise than by 作为."""
    post = rf"(?P<unit>[\u4e00-\u9fff]{{0,10}}?){post_pattern().pattern}"
    texts = (
        text.replace("POST", re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{i}>", post))
        for i, text in enumerate(posts_table()["holding"])
    )
    return re.compile("|".join(f"(?:{text})" for text in texts))


def held(page: Page, start: int) -> Iterator[Post]:
    """Yield the posts that the text behind ``start`` has the author hold now, in text order."""
    table, end = posts_table(), start
    for hit in page.hits("post-title", (start, len(page.text))):
        low = max(end, page.text.rfind("\n", 0, hit.start) + 1, hit.start - _POST_BEFORE)
        if not _AFTER.match(page.text, hit.end):
            continue
        high = min(hit.end + _POST_AFTER, line_end(page, hit.end))
        match = _holding().search(page.text, low, high)
        if match is None or not match.start() <= hit.start < match.end():
            continue
        post = _post_held(match)
        unit = page.text[post.span.start : hit.start]
        strange = any(word in unit for word in table["not_units"])
        if strange or _unit_of(match).endswith(tuple(table["lower"])):
            continue
        if not quoted(page, post.span.start) and not _of_past(page, post.span):
            end = post.span.end
            yield post


def _post_held(match: re.Match[str]) -> Post:
    groups = {key.rstrip("0123456789"): key for key, value in match.groupdict().items() if value}
    span = Span(match.start(groups["title"]), match.end(groups["title"]))
    starts = [
        match.start(groups[key]) for key in ("unit", "organ", "deputy", "title") if key in groups
    ]
    organ = match[groups["organ"]] if "organ" in groups else ""
    return Post(organ, "deputy" in groups, match[groups["title"]], Span(min(starts), span.end))


def _unit_of(match: re.Match[str]) -> str:
    return next((v for k, v in match.groupdict().items() if v and k.startswith("unit")), "")


def _of_past(page: Page, span: Span) -> bool:
    """Tell whether the sentence tells of a former post, or of what another one did."""
    low = max(page.text.rfind(sign, 0, span.start) + 1 for sign in "。；\n")
    stop = re.compile("[。；\n]").search(page.text, span.end)
    words = page.text[low : stop.start() if stop else len(page.text)]
    return re.search(posts_table()["past"], words) is not None
