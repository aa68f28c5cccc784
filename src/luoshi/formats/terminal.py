"""A record on the terminal: the tree, the three lists, and what is left unanswered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from luoshi.formats.links import OWN_ROW, Linked, linked
from luoshi.formats.wrapping import cuts

Record = dict[str, Any]
KIND_NAMES = {
    "problem": "问题", "cause": "原因", "measure": "措施", "previous": "上次问题",
    "aspect_heading": "提纲标题", "section_heading": "标题",
}  # fmt: skip
NOTE_NAMES = {
    "comment": "批注", "deletion": "修订删去", "hidden": "隐藏文字",
    "header": "页眉", "footer": "页脚", "skipped": "说明",
}  # fmt: skip
_COLOURS = {"problem": "red", "cause": "yellow", "measure": "green", "previous": "blue"}
_FORMATS = {"docx": "Word", "pdf": "PDF", "txt": "纯文本", "md": "Markdown"}
_LISTS = (
    ("问题清单", "problem", "回应的措施"),
    ("原因清单", "cause", "可能说明的问题（仅供参考）"),
    ("措施清单", "measure", "回应的问题和原因"),
)
_NONE = {"problem": ("没有措施回应", "bold red"), "measure": ("没有对应的问题", "yellow")}
_TITLES = ("编号", "位置", "出处")
_GAP = 2
_NARROWEST = 56
"""Cells that the two columns of words need; with less room a list is no table."""


class ResultConsole(Console):
    """A console that leaves a reader who has seen enough (head, less) to the caller."""

    def on_broken_pipe(self) -> None:
        """Raise ``BrokenPipeError`` instead of ending the program with exit code 1."""
        raise BrokenPipeError


def print_record(console: Console, record: Record, *, lists: bool = True) -> None:
    """Print one document's record (with details) for people, without ``lists`` in short."""
    title = Text(record["profile"]["title"] or "（没有标题）", style="bold")
    if cell_len(title.plain) + 4 <= console.width:
        console.rule(title, style="dim")
    else:
        console.rule(style="dim")
        console.print(_lines(title, console.width))
    if not record["points"]:
        _say(console, "没有拆出问题、原因或措施。请核对是不是对照检查材料。", "bold red")
    _print_head(console, record)
    if record["points"]:
        _print_tree(console, record)
        for name, kind, column in _LISTS if lists else ():
            _print_list(console, record, name, kind, column)
        _print_open(console, record)
    console.print()


def _lines(text: Text, width: int) -> Text:
    """Return the text with its line ends set: rich itself may begin a line with 。."""
    lines = list(text.divide(cuts(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def _say(console: Console, words: str, style: str = "") -> None:
    console.print(_lines(Text(words, style=style), console.width))


def _print_head(console: Console, record: Record) -> None:
    profile = record["profile"]
    rows = [
        ("文件", f"{record['path']}（{_FORMATS[record['format']]}，{record['characters']:,} 字）"),
        ("提纲", f"{record['outline_name']}（{record['outline']}）"),
        ("单位职务", "，".join(filter(None, (profile["unit"], profile["post"]))) or "没有写明"),
        ("主题", profile["theme"]),
        ("会前", _before(profile)),
        ("正文以外", _outside(record["notes"])),
    ]
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    room = console.width - cell_len("单位职务") - 2
    for name, value in rows:
        if value:
            table.add_row(name, _lines(Text(value), room))
    console.print(table)


def _before(profile: Record) -> str:
    names = (
        ("studies", "学习", "次"),
        ("opinions", "征求意见", "条"),
        ("talks", "谈心谈话", "人次"),
    )
    counts = [
        f"{name} {profile[key]} {unit}" for key, name, unit in names if profile[key] is not None
    ]
    return "，".join(counts) or "没有写学习、征求意见、谈心谈话的次数"


def _outside(notes: list[Record]) -> str:
    counts: dict[str, int] = {}
    for note in notes:
        counts[NOTE_NAMES[note["kind"]]] = counts.get(NOTE_NAMES[note["kind"]], 0) + 1
    return "，".join(f"{name} {count} 处" for name, count in counts.items())


def _print_tree(console: Console, record: Record) -> None:
    tree = Tree("[bold]结构[/]", guide_style="dim")
    branches: dict[str, tuple[Tree, int]] = {"": (tree, 0)}
    for point in record["points"]:
        above = point["path"].rpartition("/")[0]
        while above and above not in branches:
            above = above.rpartition("/")[0]
        colour = _COLOURS.get(point["kind"], "bold" if point["kind"].endswith("heading") else "")
        line = Text()
        line.append(f"{_printed(point)}{_short(point['heading'], 34)}", style=colour)
        if point["kind"] in _COLOURS:
            line.append(f"  {KIND_NAMES[point['kind']]} {point['id']}", style="dim")
        branch, depth = branches[above]
        shown = _lines(line, console.width - 4 * (depth + 1))
        branches[point["path"]] = branch.add(shown), depth + 1
    console.print(Padding(tree, (1, 0, 0, 0)))


def _printed(point: Record) -> str:
    label = point["label"]
    return f"{label} " if label and label[-1].isalnum() else str(label)


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1] + "…"


def _print_list(console: Console, record: Record, name: str, kind: str, column: str) -> None:
    chosen = [point for point in record["points"] if point["kind"] == kind]
    console.print()
    if not chosen:
        _say(console, f"{name}：{_absent(record, kind)}", "bold")
        return
    console.print(Text.assemble((name, "bold"), f"（{len(chosen)} 条）"))
    links = linked(record, kind)
    rows = [(point, links[point["id"]]) for point in chosen]
    taken = [
        max(cell_len(title), *(cell_len(point[key]) for point in chosen)) + _GAP
        for title, key in zip(_TITLES, ("id", "path", "place"), strict=True)
    ]
    room = console.width - sum(taken) - 2 * _GAP
    if room < _NARROWEST:
        _print_items(console, rows, column)
    else:
        _print_table(console, rows, column, room)


def _absent(record: Record, kind: str) -> str:
    if kind == "measure" and any(point["remedy"] for point in record["points"]):
        return "没有单独成条的措施，措施写在问题的同一行里。"
    return f"这份材料里没有找到{KIND_NAMES[kind]}。"


def _print_table(
    console: Console, rows: list[tuple[Record, list[Linked]]], column: str, room: int
) -> None:
    kind = rows[0][0]["kind"]
    words = [_link_words(links, kind) for _, links in rows]
    widest = max(cell_len(column), *(cell_len(each.plain) for each in words))
    needed = max(cell_len(_short(point["heading"], 60)) for point, _ in rows)
    right = min(widest, max(room * 2 // 5, room - needed))
    table = Table(box=None, header_style="dim", padding=(0, _GAP, 0, 0))
    for title in ("编号", "位置", KIND_NAMES[kind], "出处", column):
        table.add_column(title, no_wrap=True, style="dim" if title == "出处" else "")
    for (point, _), each in zip(rows, words, strict=True):
        heading = _lines(Text(_short(point["heading"], 60)), room - right)
        table.add_row(
            point["id"], Text(point["path"]), heading, point["place"], _lines(each, right)
        )
    console.print(table)


def _print_items(console: Console, rows: list[tuple[Record, list[Linked]]], column: str) -> None:
    for point, links in rows:
        place = Text(f"{point['id']}  {point['path']}  {point['place']}", style="dim")
        title = Text(f"{column}：" if links else "", style="dim")
        below = Text.assemble(title, _link_words(links, point["kind"]))
        console.print(_lines(place, console.width))
        for text in (Text(_short(point["heading"], 60)), below):
            console.print(Padding(_lines(text, console.width - 4), (0, 0, 0, 4)))


def _link_words(links: list[Linked], kind: str) -> Text:
    if not links:
        return Text(*_NONE.get(kind, ("—", "dim")))
    shown = Text()
    for index, link in enumerate(links[:4]):
        shown.append("；" if index else "")
        shown.append(link.id or OWN_ROW, style=_COLOURS[link.kind])
        shown.append("（弱）" if link.weak else "", style="dim")
        if link.words:
            shown.append("：" + "、".join(link.words[:3]), style="dim")
    if len(links) > 4:
        shown.append(f" 等 {len(links)} 条", style="dim")
    return shown


def _print_open(console: Console, record: Record) -> None:
    points = {point["id"]: point for point in record["points"]}
    problems = sum(point["kind"] == "problem" for point in record["points"])
    answered = any(link["kind"] == "answers" for link in record["links"])
    measures = any(point["kind"] == "measure" for point in record["points"])
    console.print()
    if record["unanswered"] and (measures or answered):
        title = f"没有措施回应的问题：{problems} 个问题中有 {len(record['unanswered'])} 个"
        chosen = (points[name] for name in record["unanswered"])
        rows = ((p["id"], p["place"], _printed(p) + p["heading"]) for p in chosen)
        _print_rows(console, title, rows, "red")
    elif problems and not record["unanswered"]:
        _say(console, "每个问题都有措施回应（标“弱”的请人再看）。", "green")
    rootless = [finding for finding in record["findings"] if finding["code"] == "M102"]
    if rootless:
        _print_rows(
            console, "没有对应问题的措施", (_rootless(f, record) for f in rootless), "yellow"
        )


def _rootless(finding: Record, record: Record) -> tuple[str, str, str]:
    """Return id, place and words of the measure (or the sentence of one) objected to."""
    at = finding["spans"][0]["start"]
    owner = next(
        (
            p["id"]
            for p in record["points"]
            if p["kind"] == "measure" and p["start"] <= at < p["end"]
        ),
        "",
    )
    return owner, finding["place"], finding["excerpt"]


def _print_rows(
    console: Console, title: str, rows: Iterable[tuple[str, str, str]], style: str
) -> None:
    shown = list(rows)
    _say(console, title, f"bold {style}")
    first, second = (max(cell_len(row[column]) for row in shown) for column in (0, 1))
    table = Table.grid(padding=(0, 1, 0, 1))
    for column_style in ("dim", "dim", style):
        table.add_column(no_wrap=True, style=column_style)
    for name, place, words in shown:
        table.add_row(name, place, _lines(Text(words), console.width - first - second - 6))
    console.print(table)
