"""T104: a document called by a short title before its full one was given.

What: the first mention, between book marks, of a document of data/checks/names-in-full.toml
by a short title, or by its full one with words left out, that not having been given before; a
law by a few characters of its name (《安全法》), whichever it is. 宪法 and 民法典 are only noted.
Why: the reader must know which document is meant; short titles are for later mentions.
Basis: custom. Titles as the documents themselves bear them.
Example: 认真贯彻《廉洁自律准则》。
Counter-example: 《中国共产党廉洁自律准则》……《廉洁自律准则》; 对照党章 without book marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._titles import TITLE, bare, cut_short, laws_meant, short_titles
from luoshi.core.reading.model import Span

META = Meta(
    code="T104",
    title="文件名称不是全称",
    family="text",
    severity="warning",
    basis="custom",
    why="第一次提到文件通常写全称，之后可以用简称。请补全名称，并核对文件本身。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the first mention of each document that has only its short title so far."""
    if "《" not in page.text:
        return
    named: set[str] = set()
    for match in TITLE.finditer(page.text):
        title = match[1]
        full, severity = short_titles().get(title) or (cut_short(bare(title)), None)
        if full and full not in named:
            if page.text.find(bare(full), 0, match.start()) < 0:
                message = f"第一次提到《{title}》时应写全称《{full}》。"
                yield Objection((Span(*match.span()),), message, f"《{full}》", severity)
            named.add(full)
        elif not full and title not in named and _is_worn_down(page, match):
            named.add(title)
            message = f"第一次提到时应写法律的全称，“{title}”看不出是哪一部法律。"
            yield Objection((Span(*match.span()),), message)


def _is_worn_down(page: Page, match: re.Match[str]) -> bool:
    """Tell whether a title has only some characters of a law's name, none of such being named before."""
    laws = laws_meant(match[1])
    return bool(laws) and all(page.text.find(law, 0, match.start()) < 0 for law in laws)
