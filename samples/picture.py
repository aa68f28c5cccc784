"""Make the pictures in docs/images: what `luoshi split` prints, and the page of `luoshi check`.

Run by hand where Chromium and a Chinese font are installed:
``python samples/picture.py``.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from luoshi import check
from luoshi.engines.tasks import split_record
from luoshi.formats.report_html import html_report
from luoshi.formats.terminal import print_record

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "src/luoshi/data/samples/self-examination.docx"
# The Chinese font draws lines twice as wide as a terminal does: another one lends them.
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Lines; src: local("DejaVu Sans Mono"); size-adjust: 83%;
  unicode-range: U+2018-201D, U+2500-257F }}
body {{ margin: 0; padding: 24px 28px; background: #fbfaf7; color: {foreground}; width: 850px }}
pre {{ font: 15px/1.5 Lines, "Noto Sans Mono CJK SC", monospace; margin: 0 }}
{stylesheet}</style><pre>$ luoshi split 材料.docx
{code}</pre>"""


def without_tree(html: str) -> str:
    """Leave out the tree, which takes more than a screen by itself."""
    lines = html.split("\n")
    first = next(i for i, line in enumerate(lines) if "结构" in line)
    last = next(i for i, line in enumerate(lines) if "问题清单" in line)
    return "\n".join([*lines[:first], "……", "", *lines[last:]])


def split_page() -> str:
    """Return what ``luoshi split`` prints, as HTML."""
    console = Console(
        record=True, width=110, file=io.StringIO(), highlight=False, force_terminal=True
    )
    print_record(console, split_record(SAMPLE, details=True) | {"path": "材料.docx"})
    return without_tree(console.export_html(code_format=PAGE))


def check_page() -> str:
    """Return the page that ``luoshi check -o 意见.html`` writes."""
    return html_report("材料.docx", check(SAMPLE), "已关闭 0 条规则、调整 0 条、已接受 0 处。")


PICTURES: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("split.png", split_page, "906,1395"),
    ("check.png", check_page, "1440,900"),
)


def main() -> int:
    """Render the sample's results as HTML and photograph them."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not installed", file=sys.stderr)
        return 2
    target = ROOT / "docs/images"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, made, size in PICTURES:
            page = Path(folder) / "page.html"
            page.write_text(made(), encoding="utf-8")
            subprocess.run(
                [
                    chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                    "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                    f"--user-data-dir={folder}/profile", f"--window-size={size}",
                    f"--screenshot={target / name}", page.as_uri(),
                ],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
