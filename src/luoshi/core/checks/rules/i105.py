"""I105: a placeholder that nobody filled in.

What: XX, ××, xx人, **, 某某街道, ____, 【】 or 待补充 where a name, a figure or a date belongs.
Why: it shows that the text is a form, and that nobody read it before handing it in.
Basis: seen. Placeholders left in are a ground for returning a paper (DOMAIN.md §2).
Example: “石埠社区、XX社区一次也没有去过”.
Counter-example: “居民王某某”, “张××”, “某街道原主任”, DN800, bold marks (**…**).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="I105",
    title="占位符没有填写",
    family="identity",
    severity="error",
    basis="seen",
    why="应当写真实名称、数字或日期的地方还空着，审阅时通常会退回；请填写，或者删去这句话。",
)
_CROSS = "xX×ｘＸ"
_UNIT = r"(?=社区|街道|办事处|小区|区|县|市|局|镇|乡|村|人|名|条|次|个|件|项|万|元|年|月|日|户|家|单位|部门|公司|科室|项目)"
_PLACEHOLDER = re.compile(
    rf"(?<![A-Za-z0-9\-.])[{_CROSS}]{{2,}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9\-.{_CROSS}])[{_CROSS}N]{_UNIT}"
    rf"|[*＊]{{2,}}{_UNIT}|某某{_UNIT}(?!人)"
    r"|[_＿]{2,}|[【〔（(][ \u3000]*[】〕）)]|[□○]{2,}"
    r"|(?<![有亟尚仍])待(?:补充|填写|核实|定稿|完善|填)(?=[）)。；\n]|$)"
)
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")
_SURNAMED = "XX×xｘＸ某"


def find(page: Page) -> Iterator[Objection]:
    """Object to every placeholder that is neither an anonymised person nor emphasis."""
    seen = -1
    for hit in page.hits("blank"):
        low = max(0, hit.start - 6)
        for match in _PLACEHOLDER.finditer(page.text, low, hit.end + 6):
            if match.start() < seen or match.end() <= hit.start or match.start() >= hit.end:
                continue
            seen = match.end()
            if not _right(page, match):
                message = f"“{match[0]}”是占位符，没有写成真实内容。"
                yield Objection((Span(*match.span()),), message)


def _right(page: Page, match: re.Match[str]) -> bool:
    text, start, end = page.text, match.start(), match.end()
    if match[0][0] in "*＊":
        line = Span(text.rfind("\n", 0, start) + 1, text.find("\n", start) % (len(text) + 1))
        bold = _BOLD.finditer(text, *line)
        return any(b.start() <= start < b.end() for b in bold)
    if match[0][0] in _CROSS and len(match[0]) > 1:
        # A surname before two crosses is a person whose name is kept back.
        return _named_person(text, start, end)
    if match[0][0] in "（(":
        return end < len(text) and text[end] in "（(" or text[start - 1 : start].isascii()
    return False


def _named_person(text: str, start: int, end: int) -> bool:
    from luoshi.core import knowledge

    surnames = knowledge.table("checks/surnames")["surnames"]
    unit = re.compile(_UNIT).match(text, end)
    return text[start - 1 : start] in surnames and not unit
