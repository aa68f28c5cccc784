"""The sample's source: paragraphs with a role, and what a clerk would print of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, cast

HERE = Path(__file__).resolve().parent

Role = Literal[
    "title", "byline", "date", "body", "h1", "h2",
    "item", "sub", "typed", "done", "cause", "measure",
]  # fmt: skip
Kind = Literal["plain", "inserted", "deleted", "anchor"]

MARKS = re.compile(r"\[\+(?P<inserted>.*?)\+\]|\[-(?P<deleted>.*?)-\]|\[#(?P<anchor>.*?)#\]")
MARKDOWN_HEADS: dict[str, str] = {"title": "# ", "h1": "## ", "h2": "### "}


class Piece(NamedTuple):
    """A stretch of a paragraph: plain, a tracked change, or the anchor of the comment."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the source; see the head of source.toml for the fields."""

    id: str
    role: Role
    text: str
    lead: bool = False
    concrete: bool | None = None
    good: bool | None = None
    answers: tuple[str, ...] | None = None

    def pieces(self) -> list[Piece]:
        """Split the text at its marks."""
        found: list[Piece] = []
        position = 0
        for match in MARKS.finditer(self.text):
            found.append(Piece(self.text[position : match.start()], "plain"))
            kind = cast(Kind, match.lastgroup)
            found.append(Piece(match[kind], kind))
            position = match.end()
        found.append(Piece(self.text[position:], "plain"))
        return [piece for piece in found if piece.text]

    def final(self) -> str:
        """Return the text with insertions accepted and deletions gone, without its number."""
        return "".join(piece.text for piece in self.pieces() if piece.kind != "deleted")


class Remark(NamedTuple):
    """Who wrote a comment or made a change, and when."""

    author: str
    initials: str
    date: datetime
    text: str


@dataclass(frozen=True)
class Source:
    """The whole of source.toml."""

    paragraphs: tuple[Paragraph, ...]
    comment: Remark
    change: Remark
    properties: dict[str, str | datetime]


def load(path: Path = HERE / "source.toml") -> Source:
    """Read the source; raises ``tomllib.TOMLDecodeError`` or ``TypeError`` when malformed."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    paragraphs = []
    for row in table["paragraph"]:
        answers = row.pop("answers", None)
        paragraphs.append(Paragraph(**row, answers=None if answers is None else tuple(answers)))
    comment, change = table["comment"], table["change"]
    return Source(
        tuple(paragraphs),
        Remark(comment["author"], comment["initials"], comment["date"], comment["text"]),
        Remark(change["author"], "", change["date"], ""),
        table["properties"],
    )


def chinese(number: int) -> str:
    """Write 1 to 99 the way chineseCounting prints it: 一, 十, 十一, 二十."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is outside 1..99")
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")


class Clerk:
    """Counts as somebody does who types the numbers while writing the text down."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def number(self, role: Role) -> str:
        """Return what the clerk types before the next paragraph of this role."""
        resets = {
            "h1": ("h2", "item", "sub", "done", "cause", "measure"),
            "h2": ("item", "sub"),
            "item": ("sub",),
        }
        for lower in resets.get(role, ()):
            self.counts[lower] = 0
        count = self.counts[role] = self.counts.get(role, 0) + 1
        if role == "h1":
            return f"{chinese(count)}、"
        if role in {"h2", "measure"}:
            return f"（{chinese(count)}）"
        if role == "sub":
            return f"（{count}）"
        return f"{count}." if role in {"item", "done", "cause"} else ""


def printed_lines(source: Source) -> list[tuple[Paragraph, str]]:
    """Return each paragraph with the line that stands on paper, number included."""
    clerk = Clerk()
    return [(one, clerk.number(one.role) + one.final()) for one in source.paragraphs]


def markdown(source: Source) -> str:
    """Return the sample as a Markdown file."""
    blocks = [MARKDOWN_HEADS.get(one.role, "") + line for one, line in printed_lines(source)]
    return "\n\n".join(blocks) + "\n"
