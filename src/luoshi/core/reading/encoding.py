"""Bytes → characters: which encoding a Chinese text file is in."""

from __future__ import annotations

import re

from luoshi.core.reading.model import ReadError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 20_000
# Longer GB18030 text is never valid UTF-8 by accident.
_SHORT = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; a byte order mark is no text.

    Tried in this order: byte order mark, UTF-8, UTF-16 without a mark, GB18030 (which
    holds GB2312 and GBK). Raises :class:`ReadError` ``unknown_encoding`` when none gives
    plausible Chinese or Latin text, ``damaged`` when a text breaks off inside a
    character, ``unknown_type`` when the bytes are no text at all.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if (
            error.start >= len(data) - 3
            and error.start > 0
            and _plausible(data[: error.start].decode("utf-8"))
        ):
            raise ReadError(
                "damaged",
                "文件末尾不完整（最后一个字只有一半），可能没有传完。请重新取得完整的文件再试。",
            ) from None
    else:
        if "\x00" not in text[:_SAMPLE]:
            return _or_gb18030(data, text)
    for name in ("utf-16-le", "utf-16-be"):
        sample = data[: _SAMPLE // 2 * 2]
        if len(data) % 2 == 0 and _plausible(sample.decode(name, "replace")):
            return _strict(data, name), name
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _plausible(text[:_SAMPLE]):
        return _text_only(text), "gb18030"
    if data[:_SAMPLE].count(0) > len(data[:_SAMPLE]) // 50:
        raise ReadError("unknown_type", _NO_TEXT)
    raise ReadError(
        "unknown_encoding",
        "认不出文件的文字编码。请用记事本打开原文件，另存为“UTF-8”编码后再试。",
    )


def _or_gb18030(data: bytes, text: str) -> tuple[str, str]:
    """Take a few GB18030 characters that happen to be valid UTF-8 for what they are."""
    if len(data) <= _SHORT and not _plausible(text):
        try:
            other = data.decode("gb18030")
        except UnicodeDecodeError:
            other = ""
        if other and _plausible(other):
            return _text_only(other), "gb18030"
    return _text_only(text), "utf-8"


_NO_TEXT = "这不是文字材料。请提供 .docx、.pdf、.txt 或 .md 格式的材料。"


def _strict(data: bytes, name: str) -> str:
    try:
        return _text_only(data.decode(name))
    except UnicodeDecodeError:
        raise ReadError(
            "damaged",
            "文件内容与其编码标记不符，可能已损坏。请用记事本打开原文件，另存为“UTF-8”编码后再试。",
        ) from None


def _text_only(text: str) -> str:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise ReadError("unknown_type", _NO_TEXT)
    return text


def _plausible(text: str) -> bool:
    """Tell whether most characters are ones that office texts are made of.

    GB2312 holds the 6,763 common characters and the punctuation; text decoded with the
    wrong encoding falls mostly outside it.
    """
    sample = text[:_SAMPLE]
    if not sample:
        return False
    common = len(sample.encode("gb2312", "ignore").decode("gb2312", "ignore"))
    controls = len(_CONTROL.findall(sample))
    rare = sum("\u3040" <= char <= "\u30ff" or "\u0400" <= char <= "\u04ff" for char in sample)
    return common - rare >= 0.85 * len(sample) and controls <= len(sample) // 100
