"""A record on the terminal: the tree, the three lists, and what is left unanswered."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

Record = dict[str, Any]
KIND_NAMES = {
    "problem": "问题", "cause": "原因", "measure": "措施", "previous": "上次问题",
    "aspect_heading": "提纲标题", "section_heading": "标题",
}  # fmt: skip
_COLOURS = {"problem": "red", "cause": "yellow", "measure": "green", "previous": "blue"}
_FORMATS = {"docx": "Word", "pdf": "PDF", "txt": "纯文本", "md": "Markdown"}
NOTE_NAMES = {
    "comment": "批注", "deletion": "修订删去", "hidden": "隐藏文字",
    "header": "页眉", "footer": "页脚", "skipped": "未读入",
}  # fmt: skip


class ResultConsole(Console):
    """A console that leaves a reader who has seen enough (head, less) to the caller."""

    def on_broken_pipe(self) -> None:
        """Raise ``BrokenPipeError`` instead of ending the program with exit code 1."""
        raise BrokenPipeError


def print_record(console: Console, record: Record) -> None:
    """Print one document's record (with details) for people."""
    _print_head(console, record)
    _print_tree(console, record)
    points = {point["id"]: point for point in record["points"]}
    answers = _by(record, "answers", "to")
    answered = _by(record, "answers", "from")
    explained = _by(record, "explains", "from")
    _print_list(console, "问题清单", record, "problem", points, answers, "回应的措施")
    _print_list(
        console, "原因清单", record, "cause", points, explained, "可能说明的问题（仅供参考）"
    )
    _print_list(console, "措施清单", record, "measure", points, answered, "回应的问题和原因")
    _print_open(console, record, points)


def _by(record: Record, kind: str, end: str) -> dict[str, list[Record]]:
    other = "from" if end == "to" else "to"
    found: dict[str, list[Record]] = {}
    for link in sorted(record["links"], key=lambda k: -k["score"]):
        if link["kind"] == kind:
            found.setdefault(link[end], []).append(link | {"other": link[other]})
    return found


def _print_head(console: Console, record: Record) -> None:
    profile = record["profile"]
    console.rule(Text(profile["title"] or "（没有标题）", style="bold"), style="dim")
    rows = [
        ("文件", f"{record['path']}（{_FORMATS[record['format']]}，{record['characters']:,} 字）"),
        ("提纲", f"{record['outline_name']}（{record['outline']}）"),
        ("作者", "，".join(filter(None, (profile["unit"], profile["post"]))) or "没有写明"),
    ]
    if profile["theme"]:
        rows.append(("主题", profile["theme"]))
    counts = [
        f"{name} {profile[key]} {unit}"
        for key, name, unit in (
            ("studies", "学习", "次"),
            ("opinions", "征求意见", "条"),
            ("talks", "谈心谈话", "人次"),
        )
        if profile[key] is not None
    ]
    rows.append(("会前", "，".join(counts) or "没有写学习、征求意见、谈心谈话的次数"))
    if record["notes"]:
        names: dict[str, int] = {}
        for note in record["notes"]:
            names[NOTE_NAMES[note["kind"]]] = names.get(NOTE_NAMES[note["kind"]], 0) + 1
        rows.append(("正文以外", "，".join(f"{n} {c} 处" for n, c in names.items())))
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, Text(value))
    console.print(table)


def _print_tree(console: Console, record: Record) -> None:
    tree = Tree("[bold]结构[/]", guide_style="dim")
    branches: dict[str, Tree] = {"": tree}
    for point in record["points"]:
        above = point["path"].rpartition("/")[0]
        while above and above not in branches:
            above = above.rpartition("/")[0]
        colour = _COLOURS.get(point["kind"], "bold" if point["kind"].endswith("heading") else "")
        line = Text()
        line.append(f"{_printed(point)}{_short(point['heading'], 34)}", style=colour)
        if point["kind"] in _COLOURS:
            line.append(f"  {KIND_NAMES[point['kind']]} {point['id']}", style="dim")
        branches[point["path"]] = branches[above].add(line)
    console.print(Padding(tree, (1, 0, 0, 0)))


def _printed(point: Record) -> str:
    label = point["label"]
    return f"{label} " if label and label[-1].isalnum() else str(label)


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1] + "…"


def _print_list(
    console: Console, title: str, record: Record, kind: str, points: dict[str, Record],
    links: dict[str, list[Record]], column: str,
) -> None:  # fmt: skip
    chosen = [point for point in record["points"] if point["kind"] == kind]
    table = Table(
        title=f"[bold]{title}[/]（{len(chosen)} 条）", title_justify="left", box=None,
        header_style="dim", padding=(0, 2, 0, 0),
    )  # fmt: skip
    table.add_column("编号", no_wrap=True)
    table.add_column("位置", no_wrap=True)
    table.add_column(KIND_NAMES[kind], overflow="fold", ratio=3)
    table.add_column("出处", no_wrap=True, style="dim")
    table.add_column(column, overflow="fold", ratio=2)
    for point in chosen:
        table.add_row(
            point["id"],
            point["path"],
            escape(_short(point["heading"], 60)),
            point["place"],
            _linked(links.get(point["id"], []), points, kind),
        )
    if not chosen:
        console.print(f"\n[bold]{title}[/]：这份材料里没有找到。")
        return
    console.print(Padding(table, (1, 0, 0, 0)))


def _linked(links: list[Record], points: dict[str, Record], kind: str) -> Text:
    if not links:
        none = {"problem": ("没有措施回应", "bold red"), "measure": ("没有对应的问题", "yellow")}
        words, style = none.get(kind, ("—", "dim"))
        return Text(words, style=style)
    shown = Text()
    for index, link in enumerate(links[:4]):
        other = points[link["other"]]
        shown.append("；" if index else "")
        shown.append(other["id"], style=_COLOURS[other["kind"]])
        if link["kind"] == "answers" and link["strength"] == "weak":
            shown.append("（弱）", style="dim")
        if link["words"]:
            shown.append("：" + "、".join(link["words"][:3]), style="dim")
    if len(links) > 4:
        shown.append(f" 等 {len(links)} 条", style="dim")
    return shown


def _print_open(console: Console, record: Record, points: dict[str, Record]) -> None:
    console.print()
    problems = sum(point["kind"] == "problem" for point in record["points"])
    measures = sum(point["kind"] == "measure" for point in record["points"])
    if not record["points"]:
        console.print("没有拆出问题、原因或措施。请核对是不是对照检查材料。")
    elif problems and not measures:
        console.print(Text("全文没有措施。", style="bold red"))
    elif record["unanswered"]:
        count = len(record["unanswered"])
        title = f"没有措施回应的问题：{problems} 个问题中有 {count} 个"
        chosen = [points[name] for name in record["unanswered"]]
        rows = [(point["id"], _printed(point) + point["heading"]) for point in chosen]
        _print_rows(console, title, rows, "red")
    elif problems:
        console.print(Text("每个问题都有措施回应（标“弱”的请人再看）。", style="green"))
    rootless = [f for f in record["findings"] if f["code"] == "M102"]
    if rootless:
        rows = [(finding["place"], finding["excerpt"]) for finding in rootless]
        _print_rows(console, "没有对应问题的措施", rows, "yellow")
    console.print()


def _print_rows(console: Console, title: str, rows: list[tuple[str, str]], style: str) -> None:
    console.print(Text(title, style=f"bold {style}"))
    table = Table.grid(padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold", style=style)
    for place, words in rows:
        table.add_row(place, Text(words))
    console.print(table)
