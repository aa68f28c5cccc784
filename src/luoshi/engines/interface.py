"""The Python interface: read, split and check one file or one text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from luoshi.core import checks
from luoshi.core.checks import Former, Report
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


def check(source: Source, outline: str | None = None, previous: Sequence[Source] = ()) -> Report:
    """Return the document, its examination and everything the rules object to.

    ``previous`` are the author's earlier materials, oldest first: what came back is then
    objected to as well. Raises what :func:`split` raises.
    """
    document = read(source)
    examination = split_document(document, outline)
    earlier = tuple(Former(_named(each), split_document(read(each))) for each in previous)
    findings = checks.run(examination, earlier=[former.examination for former in earlier])
    return Report(document, examination, findings, earlier)


def _named(source: Source) -> str:
    return str(source) if isinstance(source, str | Path) else ""
