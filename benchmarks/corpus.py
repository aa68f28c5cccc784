"""As many different materials as a measurement needs, each made from its number alone.

The sample and the gold texts give the structure; numbers and everyday words are exchanged at
random with the document's number as the seed, so that every run measures the same documents
and no two of them are the same text.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "src" / "luoshi" / "data" / "samples"
SAMPLE = SAMPLES / "self-examination.docx"
FORMATS = ("docx", "md", "pdf")

_WORDS = (
    ("群众", "居民", "住户", "村民"),
    ("社区", "小区", "片区", "楼栋"),
    ("培训", "轮训", "讲座", "辅导"),
    ("走访", "入户", "暗访", "回访"),
    ("企业", "商户", "门店", "摊点"),
    ("台账", "清册", "名册", "簿册"),
    ("项目", "工程", "事项", "任务"),
    ("干部", "职工", "同事", "骨干"),
    ("制度", "办法", "规程", "细则"),
)
_SAME = {word: group for group in _WORDS for word in group}
# Item numbers, years and dates stay: what is varied must not change the structure.
_VARIED = re.compile("|".join(_SAME) + r"|(?<![\d.])\d+(?=[个名户件条次项人家万余场元])")
_DOCX_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)")
_BODY = "word/document.xml"


def varied(text: str, index: int) -> str:
    """Return ``text`` with other numbers and words; the same for the same ``index``."""
    random = Random(index)

    def other(match: re.Match[str]) -> str:
        found = match[0]
        if found in _SAME:
            return random.choice(_SAME[found])
        return str(random.randrange(10 ** (len(found) - 1), 10 ** len(found)))

    return _VARIED.sub(other, text)


def document(form: str, index: int) -> bytes:
    """Return the bytes of document ``index`` as docx, md or pdf.

    Every second md is made from a gold text, the others and all docx from the sample. The text
    of a pdf cannot be exchanged (its fonts hold the printed characters only): the bytes differ.
    """
    if form == "docx":
        return _docx(index)
    if form == "pdf":
        return (SAMPLES / "self-examination.pdf").read_bytes() + f"\n%{index}\n".encode()
    texts = _texts()
    return varied(texts[index % len(texts)], index).encode()


@cache
def _texts() -> tuple[str, ...]:
    sys.path.insert(0, str(ROOT / "tests"))
    from gold_loader import load_folder

    sample = (SAMPLES / "self-examination.md").read_text("utf-8")
    gold = [gold.text for gold in load_folder(ROOT / "tests" / "gold" / "tune")]
    return tuple(text for pair in gold for text in (sample, pair))


@cache
def _parts() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(SAMPLE) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def _docx(index: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts():
            new = _varied_body(content, index) if name == _BODY else content
            # A ZipInfo of its own has a fixed date: the same bytes in every run.
            archive.writestr(zipfile.ZipInfo(name), new, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _varied_body(content: bytes, index: int) -> bytes:
    random = Random(index)

    def other(match: re.Match[str]) -> str:
        return match[1] + varied(match[2], random.getrandbits(32))

    return _DOCX_TEXT.sub(other, content.decode()).encode()
