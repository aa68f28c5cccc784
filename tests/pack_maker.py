"""Packs for tests: an invented year and an invented meeting."""

from __future__ import annotations

import hashlib
import json

from luoshi.engines.packs.archive import to_bytes

YEAR = """
source = "law: 测试用的通知，不是真的"
date = 2026-11-20
year = 2027
off = [[2027-01-01, 2027-01-03], [2027-02-05, 2027-02-12], [2027-10-01, 2027-10-07]]
on = [2027-02-20, 2027-10-09]
"""
MEETING = """
id = "2026-test-meeting"
name = "2026年度测试会议（三个查一查）"
extends = ["party"]
year = 2026
previous = "2025-democratic-life"
basis = "seen"
source = "测试用的通知，不是真的"
dated = 2026-12-01
cues = ["三个查一查"]
[[aspects]]
name = "查一查路灯是不是都亮"
keys = ["路灯是不是都亮", "查一查路灯"]
[[aspects]]
name = "查一查井盖是不是都在"
keys = ["井盖是不是都在"]
[[aspects]]
name = "查一查楼道是不是都通"
keys = ["楼道是不是都通"]
"""
DOCUMENTS = """
basis = "seen"
source = "测试用，不是真的"
dated = 2026-12-01
documents = [
  { name = "《街巷路灯养护办法》", issued = 2026-10-08, words = ["街巷路灯养护办法"], source = "测试" },
]
"""
HEAD = {"form": 1, "name": "year-2027", "title": "2027年测试", "version": 1,
        "date": "2026-12-01", "source": "测试用的通知"}  # fmt: skip
FILES = {"workdays/2027.toml": YEAR, "outlines/2026-test-meeting.toml": MEETING,
         "documents/more.toml": DOCUMENTS}  # fmt: skip


def whole(files=None, /, **head):
    """Return the files of a pack, its list among them."""
    held = {n: t.encode() for n, t in (FILES if files is None else files).items()}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}
    return held | {"pack.json": json.dumps(HEAD | {"files": hashes} | head).encode()}


def zipped(files=None, /, **head):
    """Return the bytes of a pack."""
    return to_bytes(whole(files, **head))
