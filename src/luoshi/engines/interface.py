"""The Python interface: read, split and check one file or one text."""

from __future__ import annotations

from pathlib import Path

from luoshi.core import checks
from luoshi.core.checks import Report
from luoshi.core.material import Examination
from luoshi.core.material import split as split_document
from luoshi.core.reading.model import DEFAULT_LIMITS, Document, Limits
from luoshi.engines.files import read_data, read_path

Source = str | Path | bytes | Document


def read(source: Source, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Return the document at a path, or in bytes (txt, md, docx, pdf; .doc by LibreOffice).

    Raises :class:`luoshi.ReadError` with a Chinese message that says what to do when the
    file is missing, damaged, encrypted, too large or no text. The file is read in this
    process; for files of unknown origin on a server use
    :func:`luoshi.engines.bounded.read_bounded`.
    """
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return read_data(source, "", limits)
    return read_path(Path(source), limits)


def split(source: Source, outline: str | None = None) -> Examination:
    """Return the problems, causes and measures of a material and what answers what.

    ``outline`` is an id that ``luoshi outlines`` lists; without it the text tells. Raises
    what :func:`read` raises, and ``luoshi.UnknownOutlineError``.
    """
    return split_document(read(source), outline)


def check(source: Source, outline: str | None = None) -> Report:
    """Return the document, its examination and everything the rules object to.

    Raises what :func:`split` raises.
    """
    document = read(source)
    examination = split_document(document, outline)
    return Report(document, examination, checks.run(examination))
