"""What documents share, as a record and as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.core.overlap.groups import Place, clusters, same_passages
from luoshi.core.overlap.texts import Shared

Alike = Sequence[Sequence[int]]  # documents that are the same as a whole

_EXCERPT = 60
_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """A document that was compared: where it is, its text, its date (ISO), its hash."""

    path: str
    text: str
    dated: str | None
    sha256: str


def overlap_record(
    documents: Sequence[Compared], found: Sequence[Shared], alike: Alike, references: int
) -> dict[str, Any]:
    """Return the record: documents with the share of each that others have, passages, groups."""
    return {
        "documents": [
            {
                "path": one.path, "sha256": one.sha256, "characters": len(one.text),
                "dated": one.dated, "reference": number < references,
                "shared_characters": _covered(number, found),
            }
            for number, one in enumerate(documents)
        ],
        "identical": alike,
        "passages": [_passage(one, documents) for one in found],
        "same": [
            [{"document": d, "start": start, "end": end} for d, start, end in group]
            for group in _groups(found) if len(group) > 2
        ],
        "clusters": clusters((one.a, one.b) for one in found),
    }  # fmt: skip


def _passage(one: Shared, documents: Sequence[Compared]) -> dict[str, Any]:
    dates = documents[one.a].dated, documents[one.b].dated
    earlier = None
    if dates[0] and dates[1] and dates[0] != dates[1]:
        earlier = "a" if dates[0] < dates[1] else "b"
    return {
        "a": {"document": one.a, "start": one.a_span[0], "end": one.a_span[1]},
        "b": {"document": one.b, "start": one.b_span[0], "end": one.b_span[1]},
        "kind": "exact" if one.is_exact else "reworded",
        "covered": one.covered, "bits": one.bits, "earlier": earlier,
    }  # fmt: skip


def _groups(found: Sequence[Shared]) -> list[list[Place]]:
    return same_passages(((one.a, *one.a_span), (one.b, *one.b_span)) for one in found)


def _covered(number: int, found: Sequence[Shared]) -> int:
    spans = sorted(
        span for one in found for which, span in ((one.a, one.a_span), (one.b, one.b_span))
        if which == number
    )  # fmt: skip
    total, reached = 0, 0
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def overlap_lines(
    documents: Sequence[Compared], found: Sequence[Shared], alike: Alike, references: int
) -> Iterator[str]:
    """Give the lines of the report for a terminal, in plain Chinese."""
    compared = len(documents) - references
    beside = f"，并与 {references} 份参照材料比对" if references else ""
    for same in alike:
        names = "、".join(documents[number].path for number in same[:_MOST_LISTED])
        more = f"等 {len(same)} 份" if len(same) > _MOST_LISTED else f"，共 {len(same)} 份"
        yield f"整篇相同：{names}{more}"
    if alike:
        yield "整篇相同的只取第一份与别的材料比对。\n"
    if not found and not alike:
        yield f"比对了 {compared} 份材料{beside}，没有发现雷同的段落。"
    if not found:
        return
    for one in sorted(found, key=lambda s: -s.bits):
        yield from _lines(one, documents)
    many = [group for group in _groups(found) if len(group) > 2]
    if many:
        yield "抄用最多的段落："
        for group in many[:_MOST_LISTED]:
            number, start, end = group[0]
            yield f"  {len(group)} 处：{_excerpt(documents[number].text[start:end])}"
        yield ""
    exact = sum(one.is_exact for one in found)
    involved = len({n for one in found for n in (one.a, one.b)})
    yield (
        f"比对了 {compared} 份材料{beside}：{involved} 份之间有 {len(found)} 处雷同，"
        f"其中一字不差的 {exact} 处，改过词句的 {len(found) - exact} 处。"
    )
    yield "提纲标题、固定提法、文件名称和这批材料里多数人都写的话不算雷同。是不是抄的，请人来判断。"


def _lines(one: Shared, documents: Sequence[Compared]) -> Iterator[str]:
    first, second = documents[one.a], documents[one.b]
    length = one.a_span[1] - one.a_span[0]
    kind = "一字不差" if one.is_exact else f"改过词句，相同的占 {one.covered:.0%}"
    yield f"{first.path} 与 {second.path}：{length} 字，{kind}{_order(first, second)}"
    for document, span in ((first, one.a_span), (second, one.b_span)):
        line = document.text.count("\n", 0, span[0]) + 1
        yield f"  {document.path} 第 {line} 行：{_excerpt(document.text[slice(*span)])}"
    yield ""


def _order(first: Compared, second: Compared) -> str:
    if not first.dated or not second.dated or first.dated == second.dated:
        return "，先后不明"
    return f"，落款较早的是 {(first if first.dated < second.dated else second).path}"


def _excerpt(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= 2 * _EXCERPT:
        return plain
    return f"{plain[:_EXCERPT]}……{plain[-_EXCERPT // 2 :]}"
