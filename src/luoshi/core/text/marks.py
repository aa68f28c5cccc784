"""Item marks: 一、 （一） 1. （1） ① 第一， 一是 and their relatives, at the start of a text.

The schemes are those of Chinese official documents (GB/T 9704-2012, 7.3.3: 一、 （一）
1. （1）) and what people type instead of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from luoshi.core.text.numerals import number

_CN = "一二三四五六七八九十"
_UNITS = "个万亿%％倍米公元吨次年月日号点时分秒度名户件条项类座台块岁级周天家批篇期处起宗℃"
_FIGURE = "[万亿%％倍元吨℃]"


class Mark(NamedTuple):
    """An item mark: its scheme, its number, the printed label and where it ends.

    ``label`` is the mark as printed without the separator that follows it: ``（二）``,
    ``3``, ``一是``. ``value`` is 0 where the number cannot be read.
    """

    scheme: str
    value: int
    label: str
    end: int


# The order decides between readings of the same characters.
_SCHEMES: tuple[tuple[str, str], ...] = (
    ("part", rf"(?P<part>第\s*(?P<part_n>[{_CN}]+|\d{{1,2}})\s*(?:部分|章|篇|步|阶段))[、，,：:．.]?"),
    ("di", rf"(?P<di>第\s*(?P<di_n>[{_CN}]{{1,3}}))\s*(?:[、，,：:．.]|(?=是|要))"),
    ("qi", rf"(?P<qi>其(?P<qi_n>[{_CN}]))\s*(?:[、，,：:]|(?=是))"),
    ("shi", rf"(?P<shi>(?P<shi_n>[{_CN}]{{1,2}})(?:是|要))"),
    ("cn", rf"(?P<cn>(?P<cn_n>[{_CN}]{{1,3}}))(?:[ \t\u3000]*[、．.，,：:]|[ \t\u3000]+(?=[\u4e00-\u9fff]))"),
    ("cnp", rf"(?P<cnp>[（(\[【〔]\s*(?P<cnp_n>[{_CN}]{{1,3}})\s*[）)\]】〕])[、．.]?"),
    ("cnp", r"(?P<cnq>(?P<cnq_n>[㈠-㈩]))[、．.]?"),
    ("cnr", rf"(?P<cnr>(?P<cnr_n>[{_CN}]{{1,3}})[）)])[、．.]?"),
    ("arp", r"(?P<arp>[（(\[【〔]\s*(?P<arp_n>\d{1,3})\s*[）)\]】〕])[、．.]?"),
    ("arp", r"(?P<arq>(?P<arq_n>[⑴-⒇]))[、．.]?"),
    ("circ", r"(?P<circ>(?P<circ_n>[①-⑳㉑-㉟㊱-㊿❶-❿㊀-㊉]))[、．.]?"),
    ("dec", rf"(?P<dec>(?P<dec_n>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}}))(?:[、．.]?[ \t\u3000]+(?!{_FIGURE})|[、．.](?!\d)|(?=[\u4e00-\u9fff“《A-Z])(?![{_UNITS}]))"),
    ("ar", r"(?P<ar>(?P<ar_n>\d{1,3}))[ \t\u3000]*(?:、|[：:.．,，](?!\d)|\.(?=\d{1,4}年|\d{1,2}月|\d{3,}))"),
    ("ar", r"(?P<as>(?P<as_n>[⒈-⒛]))"),
    ("arr", r"(?P<arr>(?P<arr_n>\d{1,3})[）)])[、．.]?"),
    ("at", rf"(?P<at>(?P<at_n>\d{{1,2}}))[ \t\u3000]+(?=[\u4e00-\u9fff])(?![{_UNITS}])"),
    ("named", rf"(?P<named>(?:问题|不符合项?|不合格项|观察项|(?:直接|间接|根本|主要|管理)?原因|为什么|措施|整改措施|纠正措施|改进措施|改进项|行动项?|教训|建议项?|发现)(?:之)?\s*[（(]?(?P<named_n>\d{{1,2}}|[{_CN}]{{1,2}})[）)]?)\s*(?:[：:、．.]|(?=[（( \u3000])|$)"),
    ("dec", r"(?P<ldec>[A-Z](?P<ldec_n>(?:[.．]\d{1,2}){1,4}))[、．.]?(?:[ \t\u3000]+|(?=[\u4e00-\u9fff“《]))"),
    ("code", r"(?P<code>[A-Z]{1,4}[-—]?(?P<code_n>\d{1,3}))\s*[：:、．.\s]"),
    ("roman", r"(?P<roman>(?P<roman_n>[Ⅰ-Ⅻ]))[、．.\s]"),
    ("palpha", r"(?P<palpha>[（(](?P<palpha_n>[a-zA-Z])[）)])[、．.]?"),
    ("alpha", r"(?P<alpha>(?P<alpha_n>[A-Ha-h]))(?:[、．]|\.(?!\w)|[）)])"),
)  # fmt: skip
_MARK = re.compile(
    "[ \\t\\u3000]*(?:" + "|".join(pattern for _, pattern in _SCHEMES) + ")[ \\t\\u3000]*"
)
_GROUPS = {
    re.search(r"\(\?P<(\w+)>", pattern).group(1): scheme  # type: ignore[union-attr]  # each pattern begins with a named group
    for scheme, pattern in _SCHEMES
}
_QUICK = re.compile(
    r"[ \t\u3000]*[一二三四五六七八九十第其（(\[【〔㈠-㈩⑴-⒛①-⑳㉑-㉟㊱-㊿❶-❿㊀-㊉\d问不观原为措整纠改行教建发直间根主管A-ZⅠ-Ⅻa-h]"
)


def mark_at(text: str, position: int, end: int | None = None) -> Mark | None:
    """Return the item mark that stands at ``position`` of ``text``, or None.

    ``Mark.end`` is where the item's words begin (separator and blanks are passed over).
    A number that only begins a sentence (2021年, 3.5个百分点) is no mark.
    """
    stop = len(text) if end is None else end
    if not _QUICK.match(text, position, stop):
        return None
    match = _MARK.match(text, position, stop)
    if match is None:
        return None
    group = match.lastgroup or ""
    printed = match[group + "_n"]
    scheme = _GROUPS[group]
    if scheme == "dec":
        parts = printed.replace("．", ".").lstrip(".").split(".")
        depth = len(parts) + (group == "ldec")
        return Mark(f"dec{depth}", int(parts[-1]), match[group], match.end())
    return Mark(scheme, number(printed) or 0, match[group].strip(), match.end())


_INLINE = re.compile(
    rf"(?P<shi>[{_CN}]{{1,2}})\n?(?:是|要|则)"
    rf"|第(?P<di>[{_CN}]{{1,2}})(?:[，、,：:]|(?=是|要))"
    rf"|其(?P<qi>[{_CN}])(?:[，、,：:]|(?=是))"
    rf"|[（(](?P<cnp>[{_CN}]{{1,2}})[）)]"
    r"|[（(](?P<arp>\d{1,2})[）)]|(?P<arq>[⑴-⒇])"
    r"|(?P<circ>[①-⑳])"
    r"|(?P<arr>\d{1,2})[）)]"
    r"|(?P<ar>\d{1,2})(?:[、．]|\.(?!\d)|\.(?=20\d\d年))"
)
# Marks are looked for behind a boundary only: to try them at every character is slow.
_BEHIND_BOUNDARY = re.compile(rf"[。；：，！？;:,!?\n \t\u3000*”）)](?=[{_CN}第其（(\d⑴-⒇①-⑳])")
_FIRM = frozenset("。；：！？;:!?\n*")


class InlineMark(NamedTuple):
    """One mark of an enumeration inside a paragraph, at ``[start, end)``."""

    scheme: str
    value: int
    label: str
    start: int
    end: int


class Enumerations:
    """Finds enumerations in passages of one text, which is scanned once for all of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places = [match.end() for match in _BEHIND_BOUNDARY.finditer(text)]

    def within(self, start: int, end: int, first: int = 1) -> list[InlineMark]:
        """Return the outermost enumeration inside ``text[start:end]``: 一是…二是…, ①…②….

        An enumeration begins with the number ``first``, counts up without a gap and has at
        least two members, each at a clause boundary; anything less is no enumeration and
        gives [].
        """
        low = bisect_right(self._places, start)
        high = bisect_left(self._places, end, low)
        if low == high:
            # One mark, at the very start, is no enumeration.
            return []
        return _enumeration(self.text, (start, *self._places[low:high]), end, first)


def inline_marks(text: str, start: int, end: int, first: int = 1) -> list[InlineMark]:
    """Return the outermost enumeration inside one passage (:meth:`Enumerations.within`)."""
    places = (start, *(match.end() for match in _BEHIND_BOUNDARY.finditer(text, start, end)))
    return _enumeration(text, places, end, first)


def _enumeration(text: str, places: Sequence[int], end: int, first: int) -> list[InlineMark]:
    start = places[0]
    runs: dict[str, list[InlineMark]] = {}
    for place in places:
        match = _INLINE.match(text, place, end)
        if match is None or match.lastgroup is None:
            continue
        scheme = _GROUPS[match.lastgroup]
        run = runs.setdefault(scheme, [])
        value = number(match[match.lastgroup])
        if value == len(run) + first and _stands_firm(text, place, start, scheme):
            run.append(InlineMark(scheme, value, match[0].strip(), place, match.end()))
    enumerations = (run for run in runs.values() if len(run) >= 2)
    return min(enumerations, key=lambda run: run[0].start, default=[])


def _stands_firm(text: str, position: int, start: int, scheme: str) -> bool:
    """Refuse a bracketed or dotted number after a comma: a reference or a figure, usually."""
    if position == start or scheme not in ("ar", "arr", "arp", "cnp"):
        return True
    before = text[position - 1]
    return before in _FIRM or (before in " \u3000" and text[position - 2] in _FIRM)
