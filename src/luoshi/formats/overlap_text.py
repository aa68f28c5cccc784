"""What documents share, as lines for the terminal in plain Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.overlap.consensus import MOST_CHARACTERS, Slip
from luoshi.core.overlap.texts import Shared
from luoshi.formats.overlap import Overlap

_EXCERPT = 60
_MOST_LISTED = 5
_AROUND = 10
KINDS = {"heading": "提纲标题", "phrase": "固定提法", "batch": "多份都写的话"}


def summary(result: Overlap) -> str:
    """Return in one sentence how many documents were compared and what was found."""
    compared = len(result.documents) - result.references
    beside = f"，并与 {result.references} 份参照材料比对" if result.references else ""
    if not result.found:
        rest = "，没有发现雷同的段落。" if not result.alike else "，此外没有发现雷同的段落。"
        return f"比对了 {compared} 份材料{beside}{rest}"
    exact = sum(one.is_exact for one in result.found)
    involved = len({n for one in result.found for n in (one.a, one.b)})
    return (
        f"比对了 {compared} 份材料{beside}：{involved} 份之间有 {len(result.found)} 处雷同，"
        f"其中一字不差的 {exact} 处，改过词句的 {len(result.found) - exact} 处。"
    )


def remark(result: Overlap) -> str:
    """Return what was left out of account, with counts."""
    counted = [
        f"{name} {sum(one.kind == kind for one in result.common.listed)} 条"
        for kind, name in KINDS.items()
        if any(one.kind == kind for one in result.common.listed)
    ]
    told = f"（{'、'.join(counted)}）" if counted else ""
    return f"提纲标题、固定提法、文件名称和这批材料里多份都写的话{told}不算雷同。是不是抄的，请人来判断。"


def too_much() -> str:
    """Return why there is no consensus on spellings."""
    return f"材料合计超过 {MOST_CHARACTERS // 10_000:,} 万字，没有比对用字。请分批查错别字。"


def order(result: Overlap, a: int, b: int) -> str:
    """Return which of two documents bears the earlier date."""
    earlier = result.earlier(a, b)
    return "先后不明" if earlier is None else f"落款较早的是 {result.documents[earlier].path}"


def kind(one: Shared) -> str:
    """Return how alike the two sides of a passage are."""
    return "一字不差" if one.is_exact else f"改过词句，相同的占 {one.covered:.0%}"


def slip_words(one: Slip) -> str:
    """Return what is wrong with a slip, with both counts."""
    few = "只有这一份" if one.few == 1 else f"只有 {one.few} 份"
    return (
        f"这里写作“{one.written}”，同样的上下文里有 {one.documents} 份写作“{one.usual}”，"
        f"{few}这样写，很可能是错字。"
    )


def overlap_lines(result: Overlap) -> Iterator[str]:
    """Give the lines of the report for a terminal."""
    for same in result.alike:
        names = "、".join(result.documents[number].path for number in same[:_MOST_LISTED])
        more = f"等 {len(same)} 份" if len(same) > _MOST_LISTED else f"，共 {len(same)} 份"
        yield f"整篇相同：{names}{more}"
    if result.alike:
        yield "整篇相同的只取第一份与别的材料比对。\n"
    for one in sorted(result.found, key=lambda s: -s.bits):
        yield from _lines(one, result)
    if result.copied_most:
        yield "抄用最多的段落："
        for group in result.copied_most[:_MOST_LISTED]:
            number, start, end = group[0]
            yield f"  {len(group)} 处：{excerpt(result.documents[number].text[start:end])}"
        yield ""
    yield from _common(result)
    yield from _slips(result)
    yield summary(result)
    if result.found:
        yield remark(result)


def _lines(one: Shared, result: Overlap) -> Iterator[str]:
    first, second = result.documents[one.a], result.documents[one.b]
    length = one.a_span[1] - one.a_span[0]
    yield f"{first.path} 与 {second.path}：{length} 字，{kind(one)}，{order(result, one.a, one.b)}"
    for number, span in ((one.a, one.a_span), (one.b, one.b_span)):
        document = result.documents[number]
        words = excerpt(document.text[slice(*span)])
        yield f"  {document.path} 第 {result.line(number, span[0])} 行：{words}"
    yield ""


def _common(result: Overlap) -> Iterator[str]:
    listed = [one for one in result.common.listed if one.kind == "batch"]
    if not listed or not result.found:
        return
    yield "多份材料都写、不算雷同的话："
    for one in listed[:_MOST_LISTED]:
        yield f"  {one.documents} 份：{excerpt(one.text)}"
    if len(listed) > _MOST_LISTED:
        yield f"  此外还有 {len(listed) - _MOST_LISTED} 句，写成网页、表格或 json 时全部列出。"
    yield ""


def _slips(result: Overlap) -> Iterator[str]:
    if result.slips is None:
        yield too_much() + "\n"
        return
    for one in result.slips:
        number, start, end = one.place
        text = result.documents[number].text
        words = excerpt(text[max(0, start - _AROUND) : end + _AROUND])
        yield f"{result.documents[number].path} 第 {result.line(number, start)} 行：……{words}……"
        yield f"  {slip_words(one)}对照 {result.documents[one.example[0]].path}。"
    if result.slips:
        yield f"与同批写法不一致、很可能是错字的有 {len(result.slips)} 处。\n"


def excerpt(text: str) -> str:
    """Return a text on one line, its middle left out where it is long."""
    plain = " ".join(text.split())
    if len(plain) <= 2 * _EXCERPT:
        return plain
    return f"{plain[:_EXCERPT]}……{plain[-_EXCERPT // 2 :]}"
