"""Make data/checks/sounds-names.toml: rarer characters, as names have them, by how they sound.

Readings come from pypinyin like those of ``sounds.py``, of which this is the other half: the
characters of level 2 of GB/T 2312, each sound with the common characters that have it.

    python samples/name_sounds.py          writes the file
    python samples/name_sounds.py --check  writes nothing; says whether it would differ
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from sounds import common, sound

TARGET = Path(__file__).parents[1] / "src" / "luoshi" / "data" / "checks" / "sounds-names.toml"
HEAD = """\
# 人名地名中的同音字：每一行先列读音相同的常用字，再列少见字（不分声调，平翘舌、前后鼻音不分）。
# 由 samples/name_sounds.py 生成，不要手改。
basis = "custom"
source = "GB/T 2312一级、二级汉字，读音据 pypinyin 整理"
dated = 2026-11-23
groups = [
"""


def rare() -> list[str]:
    """Return the characters of level 2 of GB/T 2312 in order of their codes."""
    codes = (bytes((row, cell)) for row in range(0xD8, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def made() -> str:
    """Return the file: a rare character counts with its first reading only."""
    known: dict[str, list[str]] = defaultdict(list)
    for char in common():
        known[sound(pinyin(char, style=Style.NORMAL, v_to_u=True)[0][0])].append(char)
    added: dict[str, list[str]] = defaultdict(list)
    for char in rare():
        added[sound(pinyin(char, style=Style.NORMAL, v_to_u=True)[0][0])].append(char)
    rows = (f'  "{"".join(known[key] + added[key])}",\n' for key in sorted(added))
    return HEAD + "".join(rows) + "]\n"


if __name__ == "__main__":
    text = made()
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == text
        print("sounds-names.toml is what the script makes" if same else "sounds-names.toml differs")
        sys.exit(not same)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
