"""T101: a wrong character or word of the kind that everybody knows to be wrong.

What: the left side of a pair of data/checks/typos.toml, unless it is part of something right
(its list ``right``) or of a name between book marks.
Why: a slip of the pen tells that nobody has read the paper over.
Basis: custom. The usual spelling of the standard dictionary; what has two accepted
spellings is only noted.
Example: 思想上以经形成惯性，遇到名利迫不急待。
Counter-example: 来自已建成的小区 (来自 + 已建成); 不能自已; 发布署名文章.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import in_title
from luoshi.core.reading.model import Span
from luoshi.core.text.finder import Match, word_finder

META = Meta(
    code="T101",
    title="错别字",
    family="text",
    severity="error",
    basis="custom",
    why="错别字让人觉得材料没有认真核对过。请改正后再通读一遍。",
)
_SEVERITIES: dict[str, Severity] = {"errors": "error", "warnings": "warning", "notes": "note"}


@cache
def _pairs() -> tuple[Callable[[str], list[Match]], tuple[tuple[str, Severity | None], ...]]:
    """Return the finder, and for each of its words what to write and how severe it is.

    What is right has nothing to write and no severity.
    """
    table = knowledge.table("checks/typos")
    seen: dict[str, tuple[str, Severity | None]] = {}
    for name, severity in _SEVERITIES.items():
        seen |= {wrong: (right, severity) for wrong, right in table[name].items()}
    more = (pair.split(">") for pair in table["more"].split())
    seen |= {wrong: (right, "error") for wrong, right in more}
    seen |= dict.fromkeys(table["right"]["words"], ("", None))
    return word_finder(seen), tuple(seen.values())


def find(page: Page) -> Iterator[Objection]:
    """Object to every wrong word that is not part of a right one."""
    places, meant = _pairs()
    matches = places(page.text)
    sound = [(start, end) for index, start, end in matches if meant[index][1] is None]
    done = 0
    for start, negative, index in sorted((start, -end, index) for index, start, end in matches):
        end, (right, severity) = -negative, meant[index]
        if severity is None or start < done or in_title(page, start):
            continue
        if any((low <= start and end <= high) or low < end <= high for low, high in sound):
            continue
        done = end
        wrong = page.text[start:end]
        yield Objection((Span(start, end),), _message(wrong, right, severity), right, severity)


def _message(wrong: str, right: str, severity: Severity) -> str:
    if severity == "error":
        return f"“{wrong}”应为“{right}”。"
    return f"“{wrong}”通常写作“{right}”。"
