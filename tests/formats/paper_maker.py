"""Papers for the tests of the writers, and what can be read back from what they wrote."""

import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2

from luoshi.core.paper.model import Column, Heading, Note, Paper, Paragraph, Table
from luoshi.formats import libreoffice

MADE = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
#: No stops and no figures: each character takes one place.
EVEN = "落实整改措施一件一件办清楚让群众看得见摸得着" * 90


def paper(*body, title=("柳河街道办事处", "关于整改情况的报告"), to="中共柳河区委组织部"):
    return Paper(title, to, tuple(body), "柳河街道办事处", date(2026, 11, 23)).fit()


def full():
    """Return a paper with something of everything, longer than two pages."""
    table = Table((Column("序号", 2), Column("整改事项", 6)), (("1", "整治占道经营"),) * 3)
    return paper(
        Heading(1, ("一、总体情况",)), Heading(2, ("（一）占道经营",)), Heading(3, ("1.整治",)),
        Heading(4, ("（1）清理",)), Paragraph(("已销号", "2项", Note("计入：甲、乙。"), "。")),
        Paragraph((EVEN,)), table,
    )  # fmt: skip


def pages(data: bytes) -> list[list[str]]:
    """Return the lines of each page, without the page number and footnotes' small print."""
    document = pypdfium2.PdfDocument(data)
    return [_lines(page) for page in document]


def _lines(page) -> list[str]:
    """Return the lines of 16 point text, by where the characters stand."""
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, str]]] = {}
    for n in range(text.count_chars()):
        left, bottom, _, _ = text.get_charbox(n, loose=True)
        char = text.get_text_range(n, 1)
        if char.strip():
            rows.setdefault(round(bottom), []).append((left, char))
    return ["".join(c for _, c in sorted(held)) for _, held in sorted(rows.items(), reverse=True)]


def words(data: bytes) -> str:
    """Return everything that a pdf says, without any white space."""
    document = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def printed(data: bytes, folder: Path) -> bytes:
    """Return a docx as LibreOffice prints it."""
    source = folder / "paper.docx"
    source.write_bytes(data)
    subprocess.run(
        [libreoffice.available(), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "paper.pdf").read_bytes()
