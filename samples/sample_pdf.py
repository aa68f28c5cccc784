"""The sample on paper: LibreOffice makes the PDF, with Noto fonts for the proprietary ones."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

# Named in the file, never shipped; a machine without them prints these instead.
STAND_INS = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "Times New Roman": "Noto Serif CJK SC",
}
PAGE_NUMBER = re.compile(r"—\d+—")


def build_pdf(docx: bytes, stamp: datetime) -> bytes:
    """Return the printed form of a docx; raises ``subprocess.CalledProcessError``."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "sample.docx").write_bytes(docx)
        (place / "fonts.conf").write_text(_fonts(), encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(place / "sample.docx"),
        ]
        environment = {**os.environ, "FONTCONFIG_FILE": str(place / "fonts.conf")}
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
        return _with_fixed_date((place / "sample.pdf").read_bytes(), stamp)


def _fonts() -> str:
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{stand_in}</string>'
        "</edit></match>"
        for name, stand_in in STAND_INS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )


def _with_fixed_date(pdf: bytes, stamp: datetime) -> bytes:
    """Replace the day of printing and what is derived from it, byte for byte."""

    def zeros(match: re.Match[bytes]) -> bytes:
        return re.sub(rb"[0-9A-F]", b"0", match[0])

    date = stamp.strftime("D:%Y%m%d%H%M%SZ").encode()
    pdf = re.sub(rb"/CreationDate\(D:[^)]*\)", lambda old: _fit(old[0], date), pdf)
    pdf = re.sub(rb"(?<=/ID \[)[^\]]*(?=\])", zeros, pdf)
    return re.sub(rb"(?<=/DocChecksum /)[0-9A-F]+", zeros, pdf)


def _fit(old: bytes, date: bytes) -> bytes:
    """Write the date in the old one's length: the file's table counts bytes."""
    made = b"/CreationDate(" + date + b")"
    return made.ljust(len(old))


def pdf_text(pdf: bytes) -> str:
    """Return the text of all pages without page numbers and white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join(PAGE_NUMBER.sub("", squeeze(page)) for page in pages)


def squeeze(text: str) -> str:
    """Make texts comparable: no white space, no compatibility forms that a font brings in."""
    return "".join(unicodedata.normalize("NFKC", text).split())
