"""Small files for evidence, made when they are needed: a picture and a workbook."""

from __future__ import annotations

import io
import struct
import zlib

from luoshi.office.examinations import storage
from luoshi.office.examinations.storage import Stored

_WIDE, _HIGH = 320, 200


def photo(number: int) -> Stored:
    """Return a picture of a wall, a pavement and a sky, another one for each number."""
    sky, wall, floor = (150 + number % 60, 190, 220), (200, 190 - number % 50, 170), (120, 120, 118)
    door = 40 + number * 37 % 220
    with_door = bytes(wall) * door + bytes((90, 70, 60)) * 36 + bytes(wall) * (_WIDE - door - 36)
    rows = [bytes(sky) * _WIDE] * 70 + [bytes(wall) * _WIDE] * 25 + [with_door] * 55
    rows += [bytes(floor) * _WIDE] * (_HIGH - len(rows))
    head = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    body = (
        _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
        + _chunk(b"IEND", b"")
    )
    return storage.store([b"\x89PNG\r\n\x1a\n" + body], "现场照片.png", evidence=True)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def sheet(number: int, name: str) -> Stored:
    """Return a workbook that says what was looked at."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("清点记录")
        page.write_row(0, 0, ["序号", "查看内容", "查看结果"])
        for row in range(1, 6):
            page.write_row(row, 0, [row, f"{name}（第{number}号事项，第{row}处）", "已解决"])
    return storage.store([out.getvalue()], "清点记录.xlsx", evidence=True)


def minutes(number: int) -> Stored:
    """Return the minutes of a meeting as a text."""
    words = f"办公会记录（节选）\n议题：第{number}号事项的进度。\n决定：责任科室每周清点一次，月底由其他科室复核。\n"
    return storage.store([words.encode()], "办公会记录.txt", evidence=True)


def calls(number: int) -> Stored:
    """Return notes of calls with residents, who are not named."""
    words = f"电话回访记录\n第{number}号事项，回访5户：4户说已经解决，1户说还要再看。\n"
    return storage.store([words.encode()], "电话回访记录.txt", evidence=True)
