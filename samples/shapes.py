"""Make data/checks/shapes.txt: characters of the fixed phrases with those that look like them.

Every character of GB/T 2312 is drawn with one font, blurred and compared; a character that
stands in a phrase gets up to eight others that are nearly the same picture. Needs pillow
and numpy (tools of the workshop, no dependencies of the program) and the path of a font.

    python samples/shapes.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from luoshi.core.checks.rules import t102

TARGET = Path(__file__).parents[1] / "src" / "luoshi" / "data" / "checks" / "shapes.txt"
HEAD = (
    "# 形近字：每行第一个字，后面是字形和它相近、容易看错打错的字。"
    "由 samples/shapes.py 按字形（Noto Sans CJK，思源黑体）比较生成，不要手改。"
)
SIZE, MOST, ALIKE = 40, 8, 0.868


def characters() -> list[str]:
    """Return the characters of GB/T 2312 in order of their codes."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def pictures(font: ImageFont.FreeTypeFont, chars: list[str]) -> np.ndarray:
    """Return one row for each character: its blurred picture, of mean 0 and length 1."""
    rows = []
    for char in chars:
        image = Image.new("L", (SIZE + 8, SIZE + 12), 0)
        ImageDraw.Draw(image).text((4, -6), char, fill=255, font=font)
        small = image.filter(ImageFilter.GaussianBlur(1.5)).resize((24, 26))
        row = np.asarray(small, dtype=np.float32).ravel()
        row -= row.mean()
        rows.append(row / np.linalg.norm(row))
    return np.array(rows)


def main() -> None:
    chars = characters()
    drawn = pictures(ImageFont.truetype(sys.argv[1], SIZE, index=2), chars)
    alike = drawn @ drawn.T
    place = {char: index for index, char in enumerate(chars)}
    used = sorted(set("".join(t102._phrases())) & set(chars))
    rows = []
    for char in used:
        likeness = alike[place[char]]
        best = np.argsort(-likeness)[1 : MOST + 1]
        near = "".join(chars[index] for index in best if likeness[index] > ALIKE)
        if near:
            rows.append(char + near)
    TARGET.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
