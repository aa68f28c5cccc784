"""Word documents: the text as Word or WPS prints it, automatic numbers included."""

from __future__ import annotations

from luoshi.core.reading.docx.reader import read_docx

__all__ = ["read_docx"]
