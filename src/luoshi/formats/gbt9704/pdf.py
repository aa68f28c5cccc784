"""A paper → pdf, set by typst from a fixed template (data/templates/gbt9704.typ).

Words of people reach the template as data, so none of them can become markup, read a file or
load a package. No package is downloaded: the template uses none.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from luoshi.core.knowledge import table
from luoshi.core.paper.model import Block, Heading, Paper, Paragraph, Part
from luoshi.core.paper.wording import day
from luoshi.formats.gbt9704 import layout
from luoshi.formats.gbt9704.fonts import Fonts, NoFonts


def pdf(paper: Paper, fonts: Fonts, made: datetime) -> bytes:
    """Return a paper as pdf; ``made`` is the time written into the file.

    Raises ``NoFonts`` when a font that was there has gone: typst would leave blanks.
    """
    import typst

    moment = made.replace(microsecond=0)
    folder = files("luoshi") / "data" / "templates" / "gbt9704.typ"
    with as_file(folder) as template:
        fixed: list[Path] = [Path(one) for one in fonts.folders]
        compiler = typst.Compiler(
            Path(template), root=Path(template).parent, font_paths=fixed,
            sys_inputs={"paper": json.dumps(_data(paper, fonts), ensure_ascii=False)},
        )  # fmt: skip
        data, warnings = compiler.compile_with_warnings(format="pdf", timestamp=moment)
    missing = [str(warning.message) for warning in warnings if "font" in str(warning.message)]
    if missing:
        raise NoFonts("本机的字体有变化，没有生成 pdf（生成出来会有空白）。请重新启动后再试。")
    if not isinstance(data, bytes):
        raise RuntimeError("typst gave no single file")
    return data


def _data(paper: Paper, fonts: Fonts) -> dict[str, Any]:
    signature, dated = layout.indents(paper.signature, paper.day)
    title = [line for one in paper.title for line in layout.balanced(one)]
    real = set(table("templates/fonts")["title"]["real"])
    return {
        "size": {
            "top": layout.TOP, "left": layout.LEFT, "width": layout.WIDTH, "height": layout.HEIGHT,
            "lines": layout.LINES, "characters": layout.CHARACTERS, "body": layout.BODY,
            "title": layout.TITLE, "title_line": layout.TITLE_LINE, "number": layout.NUMBER,
            "number_below": layout.NUMBER_BELOW, "table": layout.TABLE, "note": layout.NOTE,
        },
        "fonts": {role: list(names) for role, names in fonts.families.items()},
        # 小标宋 is a heavy face of its own; what stands in for it is made bold.
        "title_weight": "regular" if fonts.families["title"][0] in real else "bold",
        "title": title, "to": paper.to, "signature": paper.signature, "day": day(paper.day),
        "signature_right": signature, "day_right": dated,
        "stays": bool(paper.body) and layout.stays(paper.body[-1]),
        "body": [_block(block) for block in paper.body],
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"is": "heading", "level": block.level, "parts": [_part(p) for p in block.parts]}
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "parts": [_part(p) for p in block.parts]}
    return {
        "is": "table", "head": [column.title for column in block.columns],
        "widths": [column.width for column in block.columns], "rows": [list(r) for r in block.rows],
    }  # fmt: skip


def _part(part: Part) -> str | dict[str, str]:
    return part if isinstance(part, str) else {"note": part.text}
