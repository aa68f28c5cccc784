"""What documents share as a page for people: summary, heat map, groups, passages, side by side.

The page is one file without scripts that loads nothing. Where the pairs side by side would make it
too large, they stand on pages of their own in a folder beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote

from luoshi.core.overlap.side import Common
from luoshi.formats.overlap import Overlap, Pair
from luoshi.formats.overlap_heat import AT_MOST, NAMED_AT_MOST, heat_map
from luoshi.formats.overlap_lists import Lists
from luoshi.formats.overlap_sides import Names, pair_anchor, pair_section
from luoshi.formats.overlap_text import (
    remark,
    summary,
    too_much,
)
from luoshi.formats.page_frame import framed
from luoshi.formats.report_text import safe

PAIRS_AT_MOST = 3_000
_ON_A_PAGE = 250_000  # characters of passages and what is around them
_AROUND = 400  # characters that a passage brings along on both sides
_SHOWN_PAIRS = 20


class Pages(NamedTuple):
    """The page, and by file name the pages of the folder beside it (none: all is on the page)."""

    main: str
    beside: dict[str, str]


def overlap_pages(result: Overlap, folder: str) -> Pages:
    """Return the report; ``folder`` is the name of the folder beside the page, should one be needed.

    Everything from the files, their names included, appears as text only.
    """
    return _Report(result, folder).pages()


class _Report:
    def __init__(self, result: Overlap, folder: str) -> None:
        self._result = result
        self._names = Names(result)
        self._lists = Lists(result, self._names)
        self._folder = folder
        self._parts = _parted(result.pairs[:PAIRS_AT_MOST])
        self._at = {pair_anchor(pair): n for n, part in enumerate(self._parts, 1) for pair in part}
        self._common = cache(self._common_in)

    def pages(self) -> Pages:
        if len(self._parts) <= 1:
            return Pages(self._main(), {})
        beside = {
            _file(number): _page(f"并排对照 {number}", self._part(number, part))
            for number, part in enumerate(self._parts, 1)
        }
        return Pages(self._main(), beside)

    def _main(self) -> str:
        result = self._result
        one_page = len(self._parts) == 1
        sections = [
            ("heat", "哪些材料之间有雷同", self._map()),
            ("groups", f"成组的材料（{len(result.clusters)} 组）", self._lists.clusters()),
            ("same", f"整篇相同（{len(result.alike)} 组）", self._lists.alike()),
            ("most", f"抄用最多的段落（{len(result.copied_most)} 段）", self._lists.copied()),
            ("slips", f"疑似错字（{len(result.slips or ())} 处）", self._lists.slips()),
            (
                "common",
                f"不算雷同的话（{len(result.common.listed)} 条）",
                self._lists.common_words(),
            ),
            ("pairs", f"并排对照（{len(result.pairs)} 对）", self._sides()),
        ]
        shown = [each for each in sections if each[2]]
        links = "".join(
            f'<a href="#{key}">{title.partition("（")[0]}</a>' for key, title, _ in shown
        )
        body = "".join(
            f'<section id="{key}"><h2>{title}</h2>\n{words}</section>\n'
            for key, title, words in shown
        )
        pairs = self._part(1, self._parts[0], alone=False) if one_page else ""
        return _page(
            "雷同比对结果",
            f"<header><h1>雷同比对结果</h1>\n{self._summary()}"
            f'<nav aria-label="页内跳转">{links}</nav></header>\n<main>\n{body}{pairs}</main>\n',
        )

    def _summary(self) -> str:
        result = self._result
        words = [summary(result)]
        if result.alike:
            words.append(f"另有 {len(result.alike)} 组材料整篇相同，每组只取第一份与别的材料比对。")
        if result.slips is None:
            words.append(too_much())
        elif result.slips:
            words.append(f"与同批写法不一致、很可能是错字的有 {len(result.slips)} 处。")
        if result.failures:
            names = "、".join(result.failures[:5])
            more = f"等 {len(result.failures)} 份" if len(result.failures) > 5 else ""
            words.append(f"没有读成的材料：{names}{more}。")
        return f'<p class="lead">{safe("".join(words))}</p>\n<p class="soft">{safe(remark(result))}</p>\n'

    def _link(self, pair: Pair) -> str:
        anchor = pair_anchor(pair)
        part = self._at.get(anchor)
        if part is None:
            return ""
        return f"#{anchor}" if len(self._parts) == 1 else f"{self._beside(part)}#{anchor}"

    def _beside(self, part: int) -> str:
        return f"{quote(self._folder, errors='surrogateescape')}/{_file(part)}"

    def _map(self) -> str:
        result = self._result
        picture = heat_map(result, self._names, self._link)
        if not picture:
            return ""
        many = len(result.ordered)
        hint = "每格：左边那份材料有百分之几的文字在上边那个序号的材料里。颜色越深，雷同越多。"
        dense = " dense" if many > NAMED_AT_MOST else ""
        if dense:
            hint = f"{many} 份有雷同的材料，一组挨着一组排，方框是一组；旁边的表列出雷同最多的。"
        if many > AT_MOST:
            hint += f"图上只画前 {AT_MOST} 份。"
        scale = "".join(
            f'<span><i class="g{n}"></i>{words}</span>'
            for n, words in enumerate(("不到 5%", "5% 起", "15% 起", "30% 起", "50% 起"), 1)
        )
        return (
            f'<div class="map"><div><div class="wide" tabindex="0" role="region" aria-label="热图">{picture}</div>'
            f'<p class="scale{dense}">{scale}</p><p class="soft">{hint}</p></div>\n{self._most_shared()}</div>\n'
        )

    def _most_shared(self) -> str:
        rows = "".join(
            f"<tr><td>{self._named_pair(pair)}</td>"
            f'<td class="figure">{self._share(pair.a, pair.of_a)}</td>'
            f'<td class="figure">{self._share(pair.b, pair.of_b)}</td>'
            f'<td class="figure">{len(pair.passages)}</td></tr>\n'
            for pair in self._result.pairs[:_SHOWN_PAIRS]
        )
        left = len(self._result.pairs) - _SHOWN_PAIRS
        more = f'<p class="soft">还有 {left} 对，见下面的并排对照。</p>' if left > 0 else ""
        head = "".join(
            f'<th scope="col">{words}</th>'
            for words in ("材料一、材料二", "占前者", "占后者", "处数")
        )
        return (
            f'<div><table class="list"><caption>雷同最多的材料</caption><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{more}</div>"
        )

    def _named_pair(self, pair: Pair) -> str:
        words = f"<bdi>{safe(self._names(pair.a))}</bdi><br><bdi>{safe(self._names(pair.b))}</bdi>"
        target = self._link(pair)
        return f'<a href="{target}">{words}</a>' if target else words

    def _share(self, number: int, characters: int) -> str:
        return f"{characters / max(1, len(self._result.documents[number].text)):.0%}"

    def _sides(self) -> str:
        if not self._parts:
            return ""
        left = len(self._result.pairs) - PAIRS_AT_MOST
        more = (
            f"这里列雷同最多的 {PAIRS_AT_MOST} 对，其余 {left} 对见表格或 json。"
            if left > 0
            else ""
        )
        if len(self._parts) == 1:
            return f"{_LEGEND}<p>{more}</p>" if more else _LEGEND
        rows = "".join(
            f'<li><a href="{self._beside(number)}">第 {number} 页</a>（{len(part)} 对）</li>'
            for number, part in enumerate(self._parts, 1)
        )
        return (
            f"{_LEGEND}<p>雷同的材料较多，并排对照放在旁边的“{safe(self._folder)}”文件夹里，"
            f'请与本页一起保存、一起发送。{more}</p><ul class="plain columns">{rows}</ul>'
        )

    def _part(self, number: int, part: Sequence[Pair], alone: bool = True) -> str:
        pairs = "".join(
            pair_section(self._result, pair, self._names, self._common) for pair in part
        )
        if not alone:
            return pairs
        steps = [
            f'<a href="{_file(at)}">{words}</a>'
            for at, words in ((number - 1, "上一页"), (number + 1, "下一页"))
            if 1 <= at <= len(self._parts)
        ]
        return (
            f"<header><h1>雷同材料并排对照（第 {number} 页，共 {len(self._parts)} 页）</h1>\n"
            f'<nav aria-label="换页">{"".join(steps)}</nav></header>\n<main>\n'
            f'<section><h2>怎么看</h2>{_LEGEND}</section>\n<section class="none"><h2>对照</h2></section>\n{pairs}</main>\n'
        )

    def _common_in(self, number: int) -> list[Common]:
        return self._result.common.spans(self._result.documents[number].text)


def _parted(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return the pairs page by page."""
    parts: list[list[Pair]] = []
    size = _ON_A_PAGE
    for pair in pairs:
        weight = pair.of_a + pair.of_b + _AROUND * len(pair.passages)
        if size + weight > _ON_A_PAGE:
            parts.append([])
            size = 0
        parts[-1].append(pair)
        size += weight
    return parts


def _file(number: int) -> str:
    return f"{number:03d}.html"


def _page(title: str, body: str) -> str:
    style = files("luoshi").joinpath("data", "report", "overlap.css").read_text(encoding="utf-8")
    return framed(title, style, body)


_LEGEND = (
    '<ul class="legend"><li><a class="n k1" href="#pairs">1</a><span class="c1">同一颜色、同一序号</span>是两边雷同的一处，'
    '点序号到另一边</li><li><b class="c1">加粗带框</b>是这一处里两边不同的词句</li>'
    '<li><span class="c1 moved">虚线</span>是文字相同、顺序不同的句子</li>'
    '<li><span class="common">灰色<small>38份</small></span>是很多材料都写、不算雷同的话，旁边是份数</li>'
    "<li>左边是落款较早的一份；先后不明时按文件顺序</li></ul>"
)
