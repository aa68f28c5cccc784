"""A workbook's bytes → grids of values. For use in a bounded worker: the file may be anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from luoshi.core.reading.model import Limits, ReadError
from luoshi.core.sheets.grid import Area, Grid, address

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "请用 Excel 或 WPS 表格打开，另存为 .xlsx 后再试。"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELLS_MOST = 3_000_000
_MERGED_MOST = 100_000
_CHUNK = 1 << 20
_RATIO, _RATIO_FLOOR = 300, 16 * 1024 * 1024
# A cell that holds something: not <c r="B7" s="3"/>, as formatted empty cells are written.
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?(?<!/)>')
_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError,
           OSError, OverflowError, ValueError, KeyError, IndexError, RuntimeError)  # fmt: skip


def read_grids(data: bytes, limits: Limits) -> list[Grid]:
    """Return the sheets of a workbook (.xlsx, .xlsm).

    Values are those that were last computed: no formula is evaluated. Raises :class:`ReadError`:
    ``empty``, ``too_large``, ``encrypted``, ``legacy``, ``unknown_type``, ``bomb``, ``damaged``.
    """
    _check_kind(data, limits)
    _check_package(data, limits)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_grid(book, place, held) for place, held in enumerate(book.sheets_metadata)]
    except PasswordError as error:
        raise _encrypted() from error
    except CalamineError as error:
        raise ReadError("damaged", f"表格文件已损坏，读不出来。{_SAVE_AGAIN}") from error


def _grid(book: object, place: int, held: object) -> Grid:
    sheet = book.get_sheet_by_index(place)  # type: ignore[attr-defined]  # calamine's own
    rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    merged = (sheet.merged_cell_ranges or [])[:_MERGED_MOST]
    hidden = str(held.visible) != "SheetVisibleEnum.Visible"  # type: ignore[attr-defined]
    areas = tuple(Area(*first, *last) for first, last in merged)
    return Grid(str(held.name), rows, areas, hidden)  # type: ignore[attr-defined]


def _check_kind(data: bytes, limits: Limits) -> None:
    if not data:
        raise ReadError("empty", "文件是空的（0 字节）。请检查是否选错了文件。")
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // (1024 * 1024)
        raise ReadError("too_large", f"文件太大，最多{most} MB。请删去图片或拆成几个文件后再试。")
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise _encrypted()
        raise ReadError("legacy", f"这是旧版表格文件（.xls 或 .et）。{_SAVE_AGAIN}")
    if not data.startswith(b"PK"):
        raise ReadError(
            "unknown_type",
            "这不是 Excel 表格文件。请检查是否选错了文件；表格请用 Excel 或 WPS 另存为 .xlsx 后再试。",
        )


def _encrypted() -> ReadError:
    return ReadError("encrypted", f"表格设有打开密码，无法读取。请先取消密码。{_SAVE_AGAIN}")


def _check_package(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            names = {entry.filename.casefold() for entry in entries}
            _check_entries(entries, limits)
            if "xl/workbook.xml" not in names:
                _refuse_other(names)
            room = limits.unpacked_bytes
            for entry in entries:
                for chunk in _chunks(package, entry):
                    room -= len(chunk)
                    if room < 0:
                        raise _bomb()
            for entry in entries:
                if entry.filename.casefold().startswith("xl/worksheets/sheet"):
                    _check_extent(_chunks(package, entry))
    except _FAULTS as error:
        raise ReadError("damaged", f"表格文件不完整，可能没有下载完。{_SAVE_AGAIN}") from error


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    dense = any(
        e.file_size > _RATIO_FLOOR and e.file_size > _RATIO * max(e.compress_size, 1)
        for e in entries
    )
    size = sum(entry.file_size for entry in entries)
    if len(entries) > limits.zip_entries or size > limits.unpacked_bytes or dense:
        raise _bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _encrypted()


def _refuse_other(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise ReadError("legacy", f"这是 .xlsb 格式的表格。{_SAVE_AGAIN}")
    if "word/document.xml" in names:
        raise ReadError(
            "unknown_type", "这是 Word 文件，不是表格。对照检查材料请用“导入材料”上传。"
        )
    raise ReadError("unknown_type", f"这不是 Excel 表格文件（.xlsx）。{_SAVE_AGAIN}")


def _bomb() -> ReadError:
    return ReadError("bomb", f"文件解开后异常庞大，为安全起见没有读取。如果来源可靠，{_SAVE_AGAIN}")


def _chunks(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_extent(chunks: Iterator[bytes]) -> None:
    """Refuse a sheet in which single far cells would make room for millions of empty ones."""
    rest, height, width, far = b"", 0, 0, ""
    for chunk in chunks:
        text = rest + chunk
        for match in _CELL.finditer(text):
            row, column = int(match[2]), _column(match[1])
            if row > height or column > width:
                far = f"{match[1].decode()}{match[2].decode()}"
            height, width = max(height, row), max(width, column)
        rest = text[max(text.rfind(b"<"), 0) :][:_CHUNK]
    if height * width > CELLS_MOST:
        raise ReadError(
            "too_large",
            f"表格的范围太大（一直到{address(height - 1, width - 1)}），最远的内容在{far}附近。"
            "请把远处的空行空列和多余的字符删去，另存后再试。",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
