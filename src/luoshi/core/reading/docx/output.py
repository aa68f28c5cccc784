"""Lines and rows become the canonical text, its blocks, places and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from luoshi.core.reading.docx.line import Item, Line, Mark, Row
from luoshi.core.reading.docx.package import too_long
from luoshi.core.reading.model import (
    Block,
    BlockKind,
    Limits,
    Note,
    RunPlace,
    Span,
)

_SKIPPED = {
    "picture": "文中有 {} 张图片，图片里的文字没有读取；需要的话请把文字打进正文。",
    "chart": "文中有 {} 个图表，里面的文字没有读取；需要的话请把文字打进正文。",
    "diagram": "文中有 {} 个图示，里面的文字没有读取；需要的话请把文字打进正文。",
    "object": "文中有 {} 个嵌入的文件或公式对象，内容没有读取；需要的话请把文字复制到正文。",
    "file": "文中插入了 {} 个外部文件，内容没有读取；请用 Word 或 WPS 打开后另存为 .docx 再试。",
    "symbol": "文中有 {} 个特殊符号无法显示为文字，已用“\ufffd”代替。",
    "field": "文中有 {} 处自动内容（域）没有结束，后面的文字可能没读到；请在 Word 中更新域后另存。",
}


class Output:
    """Collects the text of a document; positions in it are final once added."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.characters
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.places: list[RunPlace] = []
        self.notes: list[Note] = []
        self.references: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._points: dict[str, int] = {}
        self._skipped: Counter[str] = Counter()
        self._first_skip: dict[str, int] = {}

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._parts)

    def add(self, items: Iterable[Item], part: str, kind: BlockKind = "paragraph") -> None:
        """Append items of one part. Raises ``too_large`` beyond the character limit."""
        for item in items:
            if isinstance(item, Row):
                self._add_row(item, part)
            else:
                self._add_line(item, part, kind)

    def _add_line(self, line: Line, part: str, kind: BlockKind) -> None:
        if line.blank:
            self._resolve(line.marks, self._length, 0)
            return
        start = self._begin()
        self._append(line, part)
        self.blocks.append(
            Block(start, self._length, kind, line.label, line.level, contents=line.contents)
        )

    def _add_row(self, row: Row, part: str) -> None:
        if all(cell.blank for cell in row.cells):
            for cell in row.cells:
                self._resolve(cell.marks, self._length, 0)
            return
        start = self._begin()
        cells: list[Span] = []
        for number, cell in enumerate(row.cells):
            if number:
                self._write("\t")
            begin = self._length
            self._append(cell, part)
            cells.append(Span(begin, self._length))
        self.blocks.append(
            Block(
                start,
                self._length,
                "row",
                label=row.cells[0].label,
                cells=tuple(cells),
                table=row.table,
            )
        )

    def _begin(self) -> int:
        if self._length:
            self._write("\n")
        return self._length

    def _append(self, line: Line, part: str) -> None:
        base = self._length
        self._write(line.text)
        for start, end, paragraph, run, offset in line.pieces:
            self.places.append(RunPlace(base + start, base + end, part, paragraph, run, offset))
        if line.marks:
            self._resolve(line.marks, base, len(line.text))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self._limit:
            raise too_long()

    def _resolve(self, marks: Iterable[Mark], base: int, width: int) -> None:
        for mark in marks:
            at = base + min(mark.offset, width)
            kind, text = mark.kind, mark.text
            if kind == "deletion":
                self.notes.append(Note("deletion", text, Span(at, at), mark.author, mark.date))
            elif kind == "hidden":
                self.notes.append(Note("hidden", text, Span(at, at)))
            elif kind == "skipped":
                self.skip(text, at)
            elif kind in self.references:
                self.references[kind].append(text)
            else:
                known = {"comment-start": self._starts, "comment-end": self._ends}
                known.get(kind, self._points).setdefault(text, at)

    def skip(self, what: str, at: int | None = None) -> None:
        """Count one thing that was not read; ``at`` is where it stood."""
        self._skipped[what] += 1
        if at is not None:
            self._first_skip.setdefault(what, at)

    def report_skipped(self) -> None:
        """Turn what was skipped into one note per kind, placed at the first of them."""
        for what, count in self._skipped.items():
            at = self._first_skip.get(what)
            span = None if at is None else Span(at, at)
            self.notes.append(Note("skipped", _SKIPPED[what].format(count), span))

    def comment_span(self, comment: str, text: str) -> Span | None:
        """Return what a comment is about, without line ends around it; None if nothing."""
        start = self._starts.get(comment)
        point = self._points.get(comment)
        if start is None:
            return None if point is None else Span(point, point)
        end = max(start, self._ends.get(comment, start if point is None else point))
        while start < end and text[start] in "\n\t":
            start += 1
        while start < end and text[end - 1] in "\n\t":
            end -= 1
        return Span(start, end)
