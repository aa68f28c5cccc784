"""T130: a number or code that no problem bears.

What: in a cause or a measure a code of the series that the problems bear (NC-2025-07), or
针对第7个问题, where no problem has it; 第二部分（七） where that part has no seventh heading;
见表3 where the table of that name has another number.
Why: the reader cannot tell which problem is meant; the reference was miscounted.
Basis: custom. A reference must lead somewhere.
Example: 针对NC-2025-07, the nonconformities ending with NC-2025-05.
Counter-example: codes of last year's series; codes of standards (GB/T 19001—2016).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T130",
    title="引用的编号不存在",
    family="text",
    severity="warning",
    basis="custom",
    why="编号或序号找不到对应的问题，多半是写错了。请对照问题清单改正。",
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<series>[A-Z]{1,6}[-－—]?(?:\d{2,4}[-－—])?)(?P<n>\d{1,3})(?![\d.A-Za-z—–-])"
)
_NTH = re.compile(
    r"(?:针对|对应|对照|解决)第(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})(?:个|项|条)(?:方面)?问题"
)
_SERIES = 2


def _codes(page: Page) -> Iterator[Objection]:
    """Object to the codes of causes and measures that stand nowhere else."""
    used: dict[str, list[Span]] = defaultdict(list)
    known: dict[str, set[str]] = defaultdict(set)
    for match in _CODE.finditer(page.text):
        point = page.point_at(match.start())
        if point is not None and point.kind in {"measure", "cause"}:
            used[match["series"]].append(Span(*match.span()))
        else:
            known[match["series"]].add(match[0])
    given = Counter(
        c[0]
        for p in page.points("problem")
        if (c := _CODE.search(page.text, p.start, p.words + 12))
    )
    twice = {code.rstrip("0123456789") for code, count in given.items() if count > 1}
    for series, spans in used.items():
        # Where one code was given twice, it is the problems that are numbered wrongly.
        if len(known[series]) < _SERIES or series in twice:
            continue
        for span in spans:
            if page.words(span) not in known[series]:
                message = f"前面的问题里没有编号“{page.words(span)}”。"
                yield Objection((span,), message)


def _ordinals(page: Page) -> Iterator[Objection]:
    """Object to 针对第N个问题 beyond the number of problems."""
    problems = len(page.points("problem"))
    for match in _NTH.finditer(page.text) if problems else ():
        count = number(match["n"])
        if count is not None and count > problems:
            message = f"前面只列了{problems}个问题，没有第{match['n']}个。"
            yield Objection((Span(*match.span()),), message)


_PART = re.compile(
    r"第(?P<part>[一二三四五六七八九十]{1,3})部分(?:的?第?[（(](?P<sub>[一二三四五六七八九十]{1,3})[）)])?"
    r"(?:的?第?(?P<item>[①-⑳]|\d{1,2})(?=[）)，。；、]))?"
)


def _parts(page: Page) -> Iterator[Objection]:
    """Object to 第二部分（七） where the second part has no such heading."""
    paths = {tuple(map(_plain, p.path.split("/"))) for p in page.examination.points}
    known = {path[:size] for path in paths for size in range(1, len(path) + 1)}
    for match in _PART.finditer(page.text):
        told = tuple(n for n in (number(match[g] or "") for g in ("part", "sub", "item")) if n)
        if match["sub"] is None or not _leads_nowhere(told, known):
            continue
        message = f"“{match[0]}”找不到：前面没有这个序号。"
        yield Objection((Span(*match.span()),), message)


def _leads_nowhere(told: tuple[int, ...], known: set[tuple[int, ...]]) -> bool:
    """Tell whether a reference leaves the numbering where there are numbers to choose from."""
    for size in range(2, len(told) + 1):
        if told[:size] not in known:
            return any(len(path) == size and path[:-1] == told[: size - 1] for path in known)
    return False


def _plain(step: str) -> int:
    """Return the value of one step of a path: （二） is 2."""
    return number(step.strip("（）()第、.．")) or 0


_CAPTION = re.compile(
    r"^[*\s]*表(?P<n>\d{1,2})[ \u3000：:]*(?P<name>[\u4e00-\u9fff]{2,30})", re.MULTILINE
)
_SEE = re.compile(r"(?P<what>[\u4e00-\u9fff]{4,16})(?:详见|参见|见)表(?P<n>\d{1,2})")


def _tables(page: Page) -> Iterator[Objection]:
    """Object to 见表N where no table has the number, or another table has the name."""
    names = {match["n"]: match["name"] for match in _CAPTION.finditer(page.text)}
    for match in _SEE.finditer(page.text) if len(names) > 1 else ():
        words = {match["what"][i : i + 2] for i in range(len(match["what"]) - 1)}
        near = {
            n: sum(name[i : i + 2] in words for i in range(len(name) - 1))
            for n, name in names.items()
        }
        best = max(near, key=lambda n: near[n])
        span = Span(*match.span())
        if match["n"] not in names:
            yield Objection((span,), f"没有表{match['n']}。")
        elif near[best] >= _ALIKE and near[best] - near[match["n"]] >= _MORE:
            message = (
                f"表{match['n']}是“{names[match['n']]}”，这里说的像是表{best}“{names[best]}”。"
            )
            yield Objection((span,), message)


_ENCLOSED = re.compile(r"^[*#\s]*附件[：: ]?\s*(?P<n>\d{1,2})(?!\d)", re.MULTILINE)
_SEE_ENCLOSED = re.compile(r"(?:详见|参见|见|按照?|填写)附件(?P<n>\d{1,2})(?!\d)")


def _enclosed(page: Page) -> Iterator[Objection]:
    """Object to 见附件N where other enclosures are listed and this one is not."""
    listed = {match["n"] for match in _ENCLOSED.finditer(page.text)}
    for match in _SEE_ENCLOSED.finditer(page.text) if listed else ():
        if match["n"] not in listed and int(match["n"]) > max(map(int, listed)) > 1:
            yield Objection((Span(*match.span()),), f"没有附件{match['n']}。")


_ALIKE, _MORE = 4, 2


def find(page: Page) -> Iterator[Objection]:
    """Object to every reference that leads nowhere."""
    yield from sorted(
        [*_codes(page), *_ordinals(page), *_parts(page), *_tables(page), *_enclosed(page)],
        key=lambda o: o.spans[0],
    )
