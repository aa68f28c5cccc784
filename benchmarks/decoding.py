"""The least that any program must do with a file: unpack it and decode its characters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


def of_text(data: bytes) -> str:
    """Decode."""
    return data.decode("utf-8")


def of_docx(data: bytes) -> str:
    """Unpack the body, parse it and join its characters."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return str(etree.tostring(body, method="text", encoding="unicode"))


def of_pdf(data: bytes) -> str:
    """Let pdfium give the characters of each page."""
    import pypdfium2

    texts: list[str] = []
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        texts.append(text.get_text_bounded())
        text.close()
        page.close()
    pdf.close()
    return "".join(texts)


DECODERS: dict[str, Callable[[bytes], str]] = {"docx": of_docx, "md": of_text, "pdf": of_pdf}
