"""Make the demo sample from source.toml, or check that it is up to date.

python samples/build.py           writes the docx and the md
python samples/build.py --pdf     writes the pdf too (needs LibreOffice and Noto CJK fonts)
python samples/build.py --check   writes nothing; says what differs and exits with 1
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import cast

from sample_docx import build_docx
from sample_pdf import build_pdf, pdf_text, squeeze
from sample_printed import printed
from sample_source import HERE, Source, load, markdown, printed_lines

TARGET = HERE.parent / "src" / "luoshi" / "data" / "samples"
NAME = "self-examination"
MOST_PDF_BYTES = 400 * 1024


def differences(source: Source, target: Path = TARGET) -> list[str]:
    """Return what is wrong with the files in ``target``, one sentence each."""
    found = []
    docx = (target / f"{NAME}.docx").read_bytes()
    pdf = (target / f"{NAME}.pdf").read_bytes()
    if (target / f"{NAME}.md").read_text(encoding="utf-8") != markdown(source):
        found.append("the md is not what the source gives")
    if parts(docx) != parts(build_docx(source)):
        found.append("the docx is not what the source gives")
    expected = [line for _, line in printed_lines(source)]
    for index, (in_docx, in_md) in enumerate(zip(printed(docx), expected, strict=False), 1):
        if in_docx != in_md:
            found.append(f"paragraph {index}: the docx prints {in_docx!r}, the md {in_md!r}")
    if len(printed(docx)) != len(expected):
        found.append(f"the docx has {len(printed(docx))} paragraphs, the md {len(expected)}")
    if pdf_text(pdf) != squeeze("".join(expected)):
        found.append("the pdf prints another text: run build.py --pdf")
    if len(pdf) > MOST_PDF_BYTES:
        found.append(f"the pdf has {len(pdf)} bytes, more than {MOST_PDF_BYTES}")
    return found


def parts(docx: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Return name, date and content of each part: all but the compression itself."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return [(one.filename, one.date_time, archive.read(one)) for one in archive.infolist()]


def write(source: Source, target: Path, *, with_pdf: bool) -> None:
    """Write the files into ``target``, making it when missing."""
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{NAME}.md").write_text(markdown(source), encoding="utf-8", newline="\n")
    (target / f"{NAME}.docx").write_bytes(build_docx(source))
    if with_pdf:
        stamp = cast(datetime, source.properties["modified"])
        # On paper the changes are accepted and the comment is gone.
        pdf = build_pdf(build_docx(source, draft=False), stamp)
        (target / f"{NAME}.pdf").write_bytes(pdf)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pdf", action="store_true", help="write the pdf too")
    parser.add_argument("--check", action="store_true", help="write nothing, say what differs")
    options = parser.parse_args(arguments)
    source = load()
    if not options.check:
        write(source, TARGET, with_pdf=options.pdf)
        return 0
    found = differences(source)
    print("\n".join(found) or "the sample is up to date")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
