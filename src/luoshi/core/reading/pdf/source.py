"""The pages of a PDF file through pdfium, every handle closed again."""

from __future__ import annotations

from collections.abc import Generator

import pypdfium2

from luoshi.core.reading.model import Limits
from luoshi.core.reading.pdf.page import TooManyCharactersError, read_page
from luoshi.core.reading.pdf.refusals import refuse
from luoshi.core.reading.pdf.shapes import Handle, PageContent

_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5


def read_pages(data: bytes, limits: Limits) -> Generator[PageContent, None, None]:
    """Yield the pages of a file; every handle of pdfium is closed when the generator is.

    A page that cannot be read comes as ``unreadable``. Raises :class:`ReadError`:
    ``encrypted``, ``damaged``, ``too_large``.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (_PASSWORD_ERROR, _SECURITY_ERROR)
        refuse("encrypted" if locked else "damaged")
    try:
        count = len(document)
        if count > limits.pdf_pages:
            refuse("pages", count=count, limit=limits.pdf_pages)
        room = limits.characters
        for index in range(count):
            content = _content(document, index, room, limits)
            room -= content.seen
            yield content
    finally:
        document.close()


def _content(document: Handle, index: int, room: int, limits: Limits) -> PageContent:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return PageContent(index + 1, unreadable=True)
    try:
        return read_page(page, index + 1, room)
    except pypdfium2.PdfiumError:
        return PageContent(index + 1, unreadable=True)
    except TooManyCharactersError:
        refuse("characters", limit=limits.characters)
    finally:
        page.close()
