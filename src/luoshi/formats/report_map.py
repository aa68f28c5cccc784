"""The map of an HTML report: which measure answers which problem, the unanswered ones first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from luoshi.formats.links import OWN_ROW, Linked, linked
from luoshi.formats.report_text import safe

Record = dict[str, Any]
KINDS = {"problem": "问题", "cause": "原因", "measure": "措施", "previous": "上次问题"}
_TITLES = ("问题", "原因（候选）", "措施")
_WORDS_AT_MOST = 3


def point_names(record: Record) -> dict[str, str]:
    """Return what points are called on the page: 问题1, 措施3, by their ids."""
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for point in record["points"]:
        kind = point["kind"]
        if kind in KINDS:
            seen[kind] += 1
            names[point["id"]] = f"{KINDS[kind]}{seen[kind]}"
    return names


def point_anchor(point: str) -> str:
    """Return the name of a point's place in the page."""
    return f"p-{point}"


def answers_map(record: Record, *, is_linked: bool) -> str:
    """Return the map as HTML; ``is_linked`` is false where the text was too long to link."""
    problems = [point for point in record["points"] if point["kind"] == "problem"]
    if not problems:
        return "<p>没有找到成条的问题，列不出对照表。请核对是不是对照检查材料。</p>"
    names = point_names(record)
    measures, causes = linked(record, "problem"), _causes_by_problem(record)
    bodies = "\n".join(
        _group(title, kind, chosen, names, causes, measures)
        for title, kind, chosen in _groups(problems, measures, is_linked)
        if chosen
    )
    head = "".join(f'<th scope="col">{title}</th>' for title in _TITLES)
    return (
        f'<table class="map"><thead><tr>{head}</tr></thead>\n{bodies}\n</table>'
        '<p class="hint">措施和原因是按用词自动对应的，请以人的判断为准。原因只是候选。</p>'
        + _rest(record, names, "没有对应问题的措施", record["rootless"])
        + _rest(record, names, "没有对上问题的原因", _loose_causes(record))
    )


def _groups(
    problems: list[Record], measures: dict[str, list[Linked]], is_linked: bool
) -> list[tuple[str, str, list[Record]]]:
    """Return the problems by how well they are answered, worst first."""
    if not is_linked:
        return [("材料太长，没有自动对应", "unknown", problems)]
    none = [p for p in problems if not measures[p["id"]]]
    weak = [p for p in problems if measures[p["id"]] and all(m.weak for m in measures[p["id"]])]
    strong = [p for p in problems if any(not m.weak for m in measures[p["id"]])]
    return [
        ("没有措施回应", "none", none),
        ("只有弱对应：措施沾到边，请人再看", "weak", weak),
        ("有措施回应", "strong", strong),
    ]


def _group(
    title: str, kind: str, problems: list[Record], names: dict[str, str],
    causes: dict[str, list[Record]], measures: dict[str, list[Linked]],
) -> str:  # fmt: skip
    rows = "\n".join(
        "<tr>"
        + _cell(0, _point(point["id"], point["heading"], names))
        + _cell(1, "".join(_cause(cause, names) for cause in causes.get(point["id"], ())))
        + _cell(2, "".join(_measure(each, names) for each in measures[point["id"]]))
        + "</tr>"
        for point in problems
    )
    return (
        f'<tbody class="{kind}"><tr><th class="group" scope="rowgroup" colspan="3">'
        f"{title}（{len(problems)} 个）</th></tr>\n{rows}</tbody>"
    )


def _cell(column: int, words: str) -> str:
    return f'<td data-title="{_TITLES[column]}">{words or "<span>—</span>"}</td>'


def _causes_by_problem(record: Record) -> dict[str, list[Record]]:
    points = {point["id"]: point for point in record["points"]}
    found: dict[str, list[Record]] = {}
    for link in sorted(record["links"], key=lambda link: -link["score"]):
        if link["kind"] == "explains":
            cause = {**points[link["from"]], "words": link["words"]}
            found.setdefault(link["to"], []).append(cause)
    return found


def _loose_causes(record: Record) -> list[str]:
    tied = {link["from"] for link in record["links"] if link["kind"] == "explains"}
    return [p["id"] for p in record["points"] if p["kind"] == "cause" and p["id"] not in tied]


def _point(point: str, heading: str, names: dict[str, str]) -> str:
    name = names[point]
    kind = next(kind for kind, words in KINDS.items() if name.startswith(words))
    return f'<a class="tag {kind}" href="#{point_anchor(point)}">{name}</a>{safe(heading)}'


def _cause(cause: Record, names: dict[str, str]) -> str:
    return f"<p>{_point(cause['id'], cause['heading'], names)}{_carried(cause['words'])}</p>"


def _measure(each: Linked, names: dict[str, str]) -> str:
    grade = '<span class="weak">弱</span>' if each.weak else '<span class="strong">强</span>'
    own_row = f"{OWN_ROW}：{safe(each.heading)}"
    words = _point(each.id, each.heading, names) if each.id else own_row
    return f"<p>{grade} {words}{_carried(each.words)}</p>"


def _carried(words: tuple[str, ...] | list[str]) -> str:
    shown = "、".join(words[:_WORDS_AT_MOST])
    return f'<br><span class="words">依据的词：{safe(shown)}</span>' if shown else ""


def _rest(record: Record, names: dict[str, str], title: str, chosen: list[str]) -> str:
    if not chosen:
        return ""
    headings = {point["id"]: point["heading"] for point in record["points"]}
    items = "".join(f"<li>{_point(each, headings[each], names)}</li>" for each in chosen)
    return f'<h3>{title}（{len(chosen)} 条）</h3><ul class="plain">{items}</ul>'
