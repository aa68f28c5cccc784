"""What the rules on wording, marks and figures share."""

from __future__ import annotations

import re

from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

HAN = "\u4e00-\u9fff"
# Addresses and mail are written with half-width marks and are no sentences.
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+\.[\w.]+")


def in_title(page: Page, position: int) -> bool:
    """Tell whether ``position`` stands between 《 and 》 of its line."""
    line = page.text.rfind("\n", 0, position) + 1
    opened = page.text.rfind("《", line, position)
    return opened >= 0 and page.text.rfind("》", opened, position) < 0


def addresses(page: Page) -> tuple[Span, ...]:
    """Return where web and mail addresses stand, in text order."""
    if "://" not in page.text and "@" not in page.text and "www." not in page.text:
        return ()
    return tuple(Span(*match.span()) for match in _ADDRESS.finditer(page.text))


def inside(spans: tuple[Span, ...], position: int) -> bool:
    """Tell whether one of few ``spans`` covers ``position``."""
    return any(span.start <= position < span.end for span in spans)


def running_text(page: Page) -> tuple[Span, ...]:
    """Return the paragraphs of running text: no rows, no headings set as such."""
    blocks = page.document.blocks
    return tuple(
        Span(block.start, block.end)
        for block in blocks
        if block.kind == "paragraph" and not block.contents and block.level == 0
    )
