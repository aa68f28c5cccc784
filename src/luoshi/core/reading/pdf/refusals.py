"""Why a PDF cannot be read, in words that say what to do."""

from __future__ import annotations

from typing import NoReturn

from luoshi.core.reading.model import ReadError

_WORDS = {
    "encrypted": ("encrypted", "这份 PDF 设了打开密码。请去掉密码另存后再试，或提供 Word 文件。"),
    "damaged": (
        "damaged",
        "这份 PDF 已损坏或不完整，无法读取。请重新取得原文件，或从 Word、WPS 重新导出后再试。",
    ),
    "scanned": (
        "no_text",
        "这是扫描件或图片，里面没有可以读取的文字。请提供 Word 文件，或先做文字识别再试。",
    ),
    "empty": ("no_text", "这份 PDF 里没有文字，只有空白页。请检查是否选错了文件。"),
    "garbled": (
        "no_text",
        "这份 PDF 缺少字体信息，读出来的都是乱码。请提供 Word 文件，或先做文字识别再试。",
    ),
    "pages": ("too_large", "这份 PDF 有 {count} 页，最多能读 {limit} 页。请拆分后再试。"),
    "characters": ("too_large", "这份 PDF 的文字太多，最多能读 {limit} 字。请拆分后再试。"),
}


def refuse(reason: str, *, count: int = 0, limit: int = 0) -> NoReturn:
    """Raise the :class:`ReadError` for ``reason``; ``count`` and ``limit`` are its figures."""
    code, words = _WORDS[reason]
    raise ReadError(code, words.format(count=count, limit=limit))
