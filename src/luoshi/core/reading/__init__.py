"""Bytes → :class:`Document`: what a messy Chinese file says, and where it says it."""

from __future__ import annotations

import hashlib

from luoshi.core.reading.model import DEFAULT_LIMITS, Document, Format, Limits, Parsed, ReadError

__all__ = ["DEFAULT_LIMITS", "Document", "Limits", "ReadError", "read_bytes", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".encode("latin-1")
_OTHER_TYPES = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"{\\rtf", "RTF 文件"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_TELL = {
    "图片": "请提供 Word 文件，或先做文字识别再试。",
    "RTF 文件": "请用 Word 或 WPS 打开后另存为 .docx 再试。",
    "程序": "请检查是否选错了文件。",
    "压缩包": "请先解压，再选择里面的材料。",
}


def sniff(data: bytes) -> str:
    """Return what the bytes are by their content: ``docx`` (any zip), ``pdf``, ``text``.

    Raises :class:`ReadError`: ``empty``, ``encrypted`` (a Word file with a password),
    ``legacy`` (.doc, .wps), ``unknown_type`` (a picture, an archive, a program).
    """
    if not data:
        raise ReadError("empty", "文件是空的（0 字节）。请检查是否选错了文件，或重新取得原文件。")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError(
                "encrypted",
                "这份 Word 文件设了打开密码。请用 Word 或 WPS 打开，去掉密码另存后再试。",
            )
        raise ReadError(
            "legacy", "这是旧版 .doc 或 .wps 文件。请用 Word 或 WPS 打开后另存为 .docx 再试。"
        )
    for magic, name in _OTHER_TYPES:
        # Two letters may well begin a text; a longer signature with them is binary.
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise ReadError("unknown_type", f"这是{name}，不是文字材料。{_TELL[name]}")
    return "text"


def read_bytes(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file's bytes into a :class:`Document`; the type is told by the content.

    ``name`` is the file's name if there is one; it only helps to tell md from txt.
    Raises :class:`ReadError` with a Chinese message that says what to do.
    """
    if len(data) > limits.file_bytes:
        raise ReadError(
            "too_large",
            f"文件太大（{len(data) / 1048576:.0f} MB，最多 {limits.file_bytes / 1048576:.0f} MB）。"
            "请删去图片或拆分后再试。",
        )
    kind = sniff(data)
    encoding = ""
    form: Format
    parsed: Parsed
    if kind == "docx":
        from luoshi.core.reading.docx import read_docx

        form, parsed = "docx", read_docx(data, limits)
    elif kind == "pdf":
        from luoshi.core.reading.pdf import read_pdf

        form, parsed = "pdf", read_pdf(data, limits)
    else:
        from luoshi.core.reading.plain import read_plain

        parsed, encoding, form = read_plain(data, limits)
        if name.lower().endswith((".md", ".markdown")):
            form = "md"
    return Document(
        parsed.text,
        form,
        hashlib.sha256(data).hexdigest(),
        parsed.blocks,
        parsed.places,
        parsed.notes,
        encoding,
    )
