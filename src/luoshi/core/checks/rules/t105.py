"""T105: the title of a document slightly wrong.

What: words between book marks that are like one title of data/checks/names-in-full.toml and
no other title known: a character or two wrong inside it, a few words in another order, or
only the kind of document (条例 for 准则; 人民调解条例 for a law).
Why: whoever gets the title wrong has not read the document, or so it looks.
Basis: custom. Titles as the documents themselves bear them.
Example: 《党政机关厉行勤俭节约反对浪费条例》 for 《党政机关厉行节约反对浪费条例》.
Counter-example: 《江州市优化营商环境条例》 and 《党政领导干部选拔任用工作暂行条例》 are others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._titles import TITLE, bare, full_titles, known
from luoshi.core.reading.model import Span

META = Meta(
    code="T105",
    title="文件名称有误",
    family="text",
    severity="error",
    basis="custom",
    why="文件名称一个字也不能错。请对照文件原文改正。",
)
# What a title may have more or less without being a wrong one: another version or place.
_OTHER = re.compile(
    r"暂行|试行|修订|若干|实施|有关|细则|修正|草案|解读|释义|辅导|百问|读本|省|市|县|区|镇|街道|公司|医院|学校|集团"
)
_KINDS = ("条例", "准则", "规定", "办法", "规则", "细则", "意见", "法")
# As much of a title as must be the same, its usual beginning left aside.
_ALIKE, _LEAST, _GRAM = 0.78, 6, 2


@cache
def _opening() -> re.Pattern[str]:
    return re.compile("|".join(knowledge.table("checks/names-in-full")["openings"]))


@cache
def _grams() -> dict[str, frozenset[str]]:
    """Return for every two characters the full titles that have them."""
    found: dict[str, set[str]] = {}
    for full in full_titles():
        for gram in _pairs(bare(full)):
            found.setdefault(gram, set()).add(full)
    return {gram: frozenset(titles) for gram, titles in found.items()}


def _pairs(title: str) -> set[str]:
    return {title[i : i + _GRAM] for i in range(len(title) - _GRAM + 1)}


def _changes(title: str, full: str) -> tuple[float, str, bool]:
    """Return how alike two titles are, what differs, and whether an end has more or less."""
    matcher = SequenceMatcher(None, title, full, autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    words = "\n".join(title[a:b] + "\n" + full[c:d] for _, a, b, c, d in steps)
    edge = any(
        kind != "replace" and ((a == 0 and c == 0) or (b == len(title) and d == len(full)))
        for kind, a, b, c, d in steps
    )
    return matcher.ratio(), words, edge


def _another_kind(title: str, full: str) -> bool:
    """Tell whether only the last word differs: 条例 for 准则."""
    if _opening().match(full) is None:
        return False
    return any(
        title == full[: -len(right)] + wrong
        for right in _KINDS
        for wrong in _KINDS
        if full.endswith(right) and wrong != right
    )


def _slip(title: str, full: str) -> float:
    """Return how alike ``title`` is to ``full`` where it must be it with a slip, else 0."""
    if _another_kind(title, full):
        return 1.0
    opening = _opening().match(full)
    low = opening.end() if opening and title.startswith(opening[0]) else 0
    if min(len(title), len(full)) - low < _LEAST or title[-1] != full[-1]:
        return 0.0
    ratio, words, edge = _changes(title[low:], full[low:])
    if edge or ratio < _ALIKE or _OTHER.search(words):
        return 0.0
    one_slip = len(words.replace("\n", "")) <= _FEW
    return ratio if one_slip or title[low : low + 2] == full[low : low + 2] else 0.0


_FEW = 2


@cache
def _meant(title: str) -> str:
    """Return the title that a wrong one was meant to be, or nothing."""
    counts = Counter(full for gram in _pairs(title) for full in _grams().get(gram, ()))
    least = (len(title) - _GRAM + 1) * 0.5
    near = [full for full, count in counts.items() if count >= least]
    best = max(((_slip(title, bare(full)), full) for full in near), default=(0.0, ""))
    return best[1] if best[0] else ""


@cache
def _laws() -> dict[str, str]:
    """Return the laws in full by what stands between 中华人民共和国 and 法."""
    laws = (bare(full) for full in full_titles())
    stems = {
        law[len(_STATE) : -1]: law for law in laws if law.startswith(_STATE) and law[-1] == "法"
    }
    return {stem: law for stem, law in stems.items() if len(stem) >= _STEM}


_STATE, _STEM = "中华人民共和国", 4


def _is_no_law(title: str, text: str) -> str:
    """Return the law that a title means which calls it a regulation, or nothing.

    A place before it makes it a local one, and it may be called so from then on.
    """
    for kind in _KINDS[:-1]:
        law = _laws().get(title.removesuffix(kind)) if title.endswith(kind) else None
        if law:
            local = re.search(
                f"《[^《》\\n]+{re.escape(title)}》|简称[：:为]?[“《]+{re.escape(title)}", text
            )
            return "" if local else law
    return ""


def find(page: Page) -> Iterator[Objection]:
    """Object to every title that is a known one but for a slip."""
    if "《" not in page.text:
        return
    for match in TITLE.finditer(page.text):
        title = bare(match[1])
        if len(title) < _LEAST or title in known():
            continue
        full = _meant(title) or _is_no_law(title, page.text)
        if full:
            message = f"《{title}》名称有误，应为《{full}》。"
            yield Objection((Span(*match.span()),), message, f"《{full}》")
