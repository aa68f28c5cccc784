"""Make data/checks/sounds.toml: common characters grouped by how they sound.

Readings come from pypinyin (a tool of the workshop, no dependency of the program);
characters are the 3,755 of level 1 of GB/T 2312. Tones are left out, and the pairs that
typing confuses are one group: zh/z, ch/c, sh/s, -ing/-in, -eng/-en.

    python samples/sounds.py          writes the file
    python samples/sounds.py --check  writes nothing; says whether it would differ
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

TARGET = Path(__file__).parents[1] / "src" / "luoshi" / "data" / "checks" / "sounds.toml"
HEAD = """\
# 同音字和近音字：每一行里的字读音相同或容易打混（不分声调，平翘舌、前后鼻音不分）。
# 由 samples/sounds.py 生成，不要手改。
basis = "custom"
source = "GB/T 2312一级汉字，读音据 pypinyin 整理"
dated = 2026-11-23
groups = [
"""


def common() -> list[str]:
    """Return the characters of level 1 of GB/T 2312 in order of their codes."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def sound(reading: str) -> str:
    """Return the reading with what typing confuses made the same."""
    merged = re.sub(r"^([zcs])h", r"\1", reading)
    return re.sub(r"([ie])ng$", r"\1n", merged)


def made() -> str:
    """Return the file."""
    groups: dict[str, list[str]] = defaultdict(list)
    for char in common():
        # Later readings are archaic more often than not.
        for reading in {
            sound(r) for r in pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True)[0][:2]
        }:
            groups[reading].append(char)
    rows = (f'  "{"".join(groups[key])}",\n' for key in sorted(groups) if len(groups[key]) > 1)
    return HEAD + "".join(rows) + "]\n"


if __name__ == "__main__":
    text = made()
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == text
        print("sounds.toml is what the script makes" if same else "sounds.toml differs")
        sys.exit(not same)
    TARGET.write_text(text, encoding="utf-8")
