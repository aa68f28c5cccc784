"""What is worth a second thought before an item is agreed: hints, never obstacles.

Source: reviewers reject measures nobody can act on (seen, DOMAIN.md §2); the words are those of
the checks of measures (data/checks/words-measures.toml).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from luoshi.core import knowledge
from luoshi.core.workflow.agreeing import Terms

_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百]+(?:次|件|起|个|户|名|人|处|场|项|条|家)|清零|为零|全部|逐[一户件项个处]"
)
_EMPTY = ("attitude", "vague-action", "slogan", "unmeasured", "soft-promise")


def hints(terms: Terms, today: date) -> tuple[str, ...]:
    """Return in Chinese what somebody should look at again before the item is taken on."""
    found = []
    empty = vague(terms.title)
    if empty:
        found.append(
            f"“{terms.title}”里的“{empty}”只说了态度，看不出要做成什么。"
            "建议改成能看到、能数清的结果，例如“三号窗口公示办理时限，每月抽查十件”。"
        )
    if terms.deadline is not None and terms.deadline < today:
        found.append(
            f"整改时限{terms.deadline:%Y-%m-%d}已过期：照实填写就可以，"
            "但这一事项从第一天起就列为超期，要延期须由上级审批。"
        )
    return tuple(found)


def vague(title: str) -> str:
    """Return the empty word of a title that names nothing one could see or count, or nothing."""
    words = _words()
    seen = title
    for word in words["visible-not"]:
        seen = seen.replace(word, "")
    if _FIGURE.search(title) or any(word in seen for word in words["visible-action"]):
        return ""
    return next((word for name in _EMPTY for word in words[name] if word in title), "")


@cache
def _words() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = knowledge.table("checks/words-measures")["lists"]
    return lists
