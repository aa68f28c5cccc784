"""I105: a placeholder that nobody filled in.

What: XX, ××, xx人, **, 某某街道, ____, 【】, （数据待核） or 待补充 where a name, a figure, a code or a
date belongs; in a measure also 李XX负责.
Why: it shows that the text is a form, and that nobody read it before handing it in.
Basis: seen. Placeholders left in are a ground for returning a paper (DOMAIN.md §2).
Example: “石埠社区、XX社区一次也没有去过”.
Counter-example: “居民王某某”, “张××”, “某街道原主任”, DN800, bold marks (**…**).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import any_of, line_end, paragraph_at, quoted
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
_STARS = re.compile(r"[*＊]+")
_BOLD = re.compile(r"\*\*(?=\S)[^*\n]+\*\*")
# So far behind its first sign a placeholder ends.
_REACH = 12
# So far before that sign its bracket may open.
_BACK = 10


@cache
def _table() -> dict[str, Any]:
    return knowledge.table("checks/placeholders")


@cache
def _placeholder() -> re.Pattern[str]:
    table = _table()
    unit = f"(?={any_of(table['units'])})"
    count = f"(?=(?:{any_of(table['counts'])})[，。；、）])"
    texts = (
        rf"[{_CROSS}]{{1,2}}月[{_CROSS}]{{1,2}}日",
        rf"(?<![A-Za-z0-9.{_CROSS}])[{_CROSS}]{{2,}}(?![A-Za-z0-9])",
        rf"(?<!\d)20(?:[{_CROSS}]{{2}}|\d[{_CROSS}])(?=年)",
        rf"(?<![A-Za-z0-9\-.{_CROSS}])[{_CROSS}]{unit}",
        rf"(?<![A-Za-z0-9\-.第])N(?:{unit}|(?=[起场篇]))",
        rf"[*＊]{{1,}}{unit}",
        rf"某某{unit}(?!人)",
        r"某年某月(?:某日)?|某月某日",
        r"[_＿]{2,}",
        r"[【〔（(][ \u3000]*[】〕）)]",
        rf"[【〔［\[](?:{any_of(table['blanks'])})[】〕］\]]",
        rf"(?<=（)(?:{any_of(table['plain_blanks'])})(?=）)",
        rf"(?<=[由在为约达共计到])（(?:{any_of(table['instead'])})）",
        r"[□○〇●◯※△▲■◆◇]{2,}",
        r"(?<=[\u4e00-\u9fff])[#＃@]{2,}(?=[\u4e00-\u9fff])",
        rf"(?<=[\u4e00-\u9fff])[□○◯]{unit}",
        r"(?<=[\u4e00-\u9fff])[%％](?=[，。；、])",
        r"年[ \u3000]+月(?:[ \u3000]+日)?|(?<=\d)年月日|月[ \u3000]+日",
        r"(?<![\d.])0{1,2}(?=月\d|月0|月份|月底|日)",
        rf"(?<=[\u4e00-\u9fff])(?:[ \u3000]{{2,}}|…{{1,2}}|\.{{3,}}){count}",
        r"[【〔［\[（(][^【】〔〕［］\[\]（）()。，]{0,8}(?<![有亟尚仍])待(?:核|定|补|填|查|统计|确认|核实|核对|测算|更新|补充|填写)[】〕］\]）)]",
        rf"[?？]{{2,}}{unit}",
        r"(?<=[\u4e00-\u9fff])[?？](?=[个名人户次件条起家项份场])",
        r"由(?:某|××|某某)(?:同志|领导|科室|部门)(?=负责|牵头|落实)",
        rf"[（〔［【〈<](?:责任科室|责任部门|责任单位|具体数|数|几|事例|实例|案例|例子|素材|{any_of(table['blanks'])})[）〕］】〉>]",
        r"[〈<][^〈〉<>，。\n]{1,8}(?:名称|姓名|数量|时间|日期|单位|部门|地点)[〉>]",
        r"[（(]补[：:充][^）)\n]{0,20}[）)]",
        r"(?<=由)待(?:明确|定|确定|落实)(?=负责|牵头)",
        rf"(?:{any_of(table['nobody'])})(?=[，。、；）)\s]|负责|牵头|$)",
        r"(?<=[：:（|])[ \u3000]*待定(?=[）)。；，|\n ]|$)",
        r"(?<![有亟尚仍])待(?:补充|填写|核实|定稿|完善|填)(?=[）)。；\n]|$)",
    )
    return re.compile("|".join(texts))


def find(page: Page) -> Iterator[Objection]:
    """Object to every placeholder that is neither an anonymised person nor emphasis."""
    seen = -1
    for hit in page.hits("blank"):
        low = max(seen, hit.start - _BACK, 0)
        if hit.start < seen:
            continue
        if not _worth_a_look(page, hit):
            seen = max(seen, _stars_end(page, hit))
            continue
        end = min(line_end(page, hit.start), hit.end + _REACH)
        match = next(
            (m for m in _placeholder().finditer(page.text, low, end) if m.end() > hit.start), None
        )
        if match is None or match.start() >= hit.end:
            continue
        seen = match.end()
        if not _right(page, match):
            message = f"“{match[0]}”是占位符，没有写成真实内容。"
            yield Objection((Span(*match.span()),), message)


def _worth_a_look(page: Page, hit: Span) -> bool:
    """Pass over what is plainly bold type or an indent: most stars and spaces are."""
    sign = page.text[hit.start]
    if sign in "*＊":
        return page.text.startswith(tuple(_table()["units"]), _stars_end(page, hit))
    return sign not in " \u3000" or "\u4e00" <= page.text[hit.start - 1] <= "\u9fff"


def _stars_end(page: Page, hit: Span) -> int:
    """Return where the stars end that a hit begins, or the hit where it is none."""
    stars = _STARS.match(page.text, hit.start)
    return stars.end() if stars else hit.end


def _right(page: Page, match: re.Match[str]) -> bool:
    start = match.start()
    sign = match[0][0]
    if quoted(page, start) and _told(page, match, "shown"):
        return True
    if sign in "*＊":
        return _emphasis(page, match)
    if sign == "某":
        words = page.words(paragraph_at(page, start))
        return any(word in words for word in _table()["cases"])
    if sign in _CROSS:
        return _kept_back(page, match)
    return sign in "（(" and page.text[start - 1 : start].isascii()


def _emphasis(page: Page, match: re.Match[str]) -> bool:
    """Tell stars that set words in bold type, or make a list, from stars that fill a gap."""
    # The printed line: a paragraph may begin behind the stars that set its first words in bold.
    line = Span(page.text.rfind("\n", 0, match.start()) + 1, line_end(page, match.start()))
    words = page.words(line)
    if len(match[0]) == 1:
        return page.document.format == "md" or match.start() == line.start
    if page.document.format == "md" and words.count("**") % 2 == 0:
        return True
    bold = _BOLD.finditer(page.text, *line)
    return any(b.start() <= match.start() < b.end() for b in bold)


def _kept_back(page: Page, match: re.Match[str]) -> bool:
    """Tell whether crosses stand for a person's name, or for that of a case's office."""
    text, table = page.text, _table()
    counted = text.startswith(tuple(table["counts"]), match.end())
    if text[match.start() - 1 : match.start()] in table["surnames"]:
        point = page.point_at(match.start())
        charged = text.startswith(tuple(table["charged"]), match.end())
        if point is not None and point.kind == "measure" and charged:
            return False
        return not text.startswith(tuple(table["units"]), match.end())
    return not counted and _told(page, match, "cases") and "原" in _sentence(page, match)


def _told(page: Page, match: re.Match[str], words: str) -> bool:
    sentence = _sentence(page, match)
    return any(word in sentence for word in _table()[words])


def _sentence(page: Page, match: re.Match[str]) -> str:
    low, high = paragraph_at(page, match.start())
    begin = page.text.rfind("。", low, match.start()) + 1
    end = page.text.find("。", match.end(), high)
    return page.text[max(begin, low) : end if end >= 0 else high]
