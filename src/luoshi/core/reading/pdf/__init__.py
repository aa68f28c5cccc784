"""PDF → canonical text: characters, lines, running heads, paragraphs, tables."""

from luoshi.core.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
