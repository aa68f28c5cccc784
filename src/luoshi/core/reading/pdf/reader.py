"""The PDF reader: bytes → canonical text, one line per paragraph, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from luoshi.core.reading.model import DEFAULT_LIMITS, Limits, Note, Parsed
from luoshi.core.reading.pdf.characters import UNREADABLE
from luoshi.core.reading.pdf.compose import compose
from luoshi.core.reading.pdf.layout import lay_out
from luoshi.core.reading.pdf.margins import measure
from luoshi.core.reading.pdf.paragraphs import join
from luoshi.core.reading.pdf.refusals import refuse
from luoshi.core.reading.pdf.running import strip_running
from luoshi.core.reading.pdf.shapes import Line, PageContent, PageLayout

_PICTURE_SHARE = 0.25  # of a page under pictures: with next to no text it is a scan
_FEW = 20  # characters: what a scanning app prints on its pictures


def read_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Read a PDF into one line of text per paragraph or table row.

    Each place is the box of one visual line in points of the page's own coordinates
    (origin bottom left, before any /Rotate). Not thread-safe, as pdfium is not.

    Raises :class:`ReadError`: ``encrypted``, ``damaged`` (also a file cut off at its
    end), ``no_text`` (scans; fonts whose characters cannot be told), ``too_large``.
    """
    # pdfium takes a moment to load, and most files are not PDF.
    from luoshi.core.reading.pdf import source

    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        # pdfium would read what is left of a file cut off and not say that the end is gone.
        refuse("damaged")
    contents: list[PageContent] = []
    layouts: list[PageLayout] = []
    with closing(source.read_pages(data, limits)) as pages:
        for content in pages:
            layouts.append(lay_out(content))
            contents.append(content.without_drawing())
    _refuse_unreadable(contents)
    kept, running = strip_running(layouts)
    pictures = _pictures(contents, kept)
    if not any(page.items for page in kept if page.number not in pictures):
        refuse("scanned" if any(content.pictured for content in contents) else "empty")
    parsed = compose(join([item for page in kept for item in page.items], measure(kept)))
    unknown = parsed.text.count(UNREADABLE)
    return replace(parsed, notes=running + _remarks(contents, pictures, unknown))


def _refuse_unreadable(contents: Sequence[PageContent]) -> None:
    seen = sum(content.seen for content in contents)
    if seen == 0:
        if not contents or any(content.unreadable for content in contents):
            refuse("damaged")
        refuse("empty" if all(content.bare for content in contents) else "scanned")
    if 2 * sum(content.bad for content in contents) > seen:
        refuse("garbled")


def _pictures(contents: Sequence[PageContent], pages: Sequence[PageLayout]) -> set[int]:
    """Return the numbers of pages that are pictures: next to no text, much image."""
    found: set[int] = set()
    for content, page in zip(contents, pages, strict=True):
        lines = [item for item in page.items if isinstance(item, Line)]
        rows = len(page.items) - len(lines)
        letters = sum(len(line.text) for line in lines) + _FEW * rows
        if letters < _FEW and content.pictured >= _PICTURE_SHARE:
            found.add(page.number)
    return found


def _remarks(contents: Sequence[PageContent], pictures: set[int], unknown: int) -> tuple[Note, ...]:
    """Return what the user must know that was not read."""
    notes: list[Note] = []
    if pictures:
        numbers = "、".join(map(str, sorted(pictures)))
        notes.append(
            Note("skipped", f"第 {numbers} 页是扫描件或图片，图中的文字没有读入。请核对这几页。")
        )
    broken = "、".join(str(content.number) for content in contents if content.unreadable)
    if broken:
        notes.append(Note("skipped", f"第 {broken} 页已损坏，没有读入。请重新取得原文件。"))
    for content in contents:
        if content.astray:
            text = f"第 {content.number} 页有斜排或横排的文字，没有编入正文：{content.astray}"
            notes.append(Note("skipped", text))
    if unknown:
        notes.append(
            Note("skipped", f"有 {unknown} 个字认不出来，正文里以“\ufffd”代替。请对照原件补上。")
        )
    return tuple(notes)
