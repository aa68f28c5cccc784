"""Help pages in Chinese: columns and line ends by the width of characters, not their number."""

from __future__ import annotations

from collections.abc import Iterable

import click


class ChineseFormatter(click.HelpFormatter):
    """click's page with lines that fit the terminal (a Chinese character takes two cells)."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        del prefix
        self._write_lines(f"用法：{prog} {args}")

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        r"""Write paragraphs; one that begins with ``\b`` keeps its lines."""
        for index, paragraph in enumerate(text.split("\n\n")):
            lines = [line.rstrip() for line in paragraph.strip("\n").split("\n")]
            self.write("\n" if index else "")
            if lines[0].strip() == "\b":
                for line in lines[1:]:
                    self.write(f"{'':>{self.current_indent}}{line}\n")
            else:
                self._write_lines("".join(line.strip() for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms and what they mean in two columns."""
        from rich.cells import cell_len

        from luoshi.formats.wrapping import wrapped

        pairs = list(rows)
        first = min(max(cell_len(term) for term, _ in pairs), col_max) + col_spacing
        for term, words in pairs:
            margin = " " * (self.current_indent + first)
            lines = wrapped(words, max(self.width - len(margin), 10))
            gap = first - cell_len(term)
            lead = " " * gap if gap >= col_spacing else "\n" + margin
            self.write(f"{'':>{self.current_indent}}{term}{lead}")
            self.write(f"\n{margin}".join(lines) + "\n")

    def _write_lines(self, words: str) -> None:
        from luoshi.formats.wrapping import wrapped

        margin = " " * self.current_indent
        for line in wrapped(words, self.width - self.current_indent):
            self.write(f"{margin}{line}\n")


class ChineseContext(click.Context):
    """A context whose help pages are made by :class:`ChineseFormatter`."""

    formatter_class = ChineseFormatter
