"""Make data/prepared: tables and patterns in a form that loads fast.

``tables.txt`` has the TOML files of ``data/`` that reading, splitting and checking need, as JSON
with the checksum of the file they were made from. ``patterns.bin`` has what Python's ``re`` made
of the patterns that checking the samples needs (``luoshi.core.patterns``).

    python samples/prepared.py          writes the files (make prepared)
    python samples/prepared.py --check  writes nothing; says whether they would differ
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import zlib
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]
DATA = ROOT / "src" / "luoshi" / "data"
FOLDERS = ("checks", "concepts", "outlines", "phrases")
PAPERS = ("checks_tune/*.txt", "checks_tune/*.md")


def tables() -> bytes:
    """Return the contents of tables.txt."""
    from luoshi.core.knowledge import DATE

    rows = []
    for path in sorted(p for folder in FOLDERS for p in (DATA / folder).glob("*.toml")):
        raw = path.read_bytes()
        name = path.relative_to(DATA).with_suffix("").as_posix()
        text = json.dumps(
            tomllib.loads(raw.decode("utf-8")),
            ensure_ascii=False,
            separators=(",", ":"),
            default=lambda day: {DATE: day.isoformat()} if isinstance(day, date) else str(day),
        )
        rows.append(f"{name}\t{zlib.crc32(raw)}\t{text}\n")
    return "".join(rows).encode()


def patterns() -> bytes:
    """Return the contents of patterns.bin."""
    made: dict[tuple[str, int], tuple[Any, list[int]]] = {}
    inner: Any = import_module("re._compiler")
    compile_pattern, run_code = inner.compile, inner._sre.compile
    codes: list[list[int]] = []

    class Watching:
        """The module ``_sre``, keeping the code it is given."""

        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("_sre"), name)

        def compile(self, pattern: str, flags: int, code: list[int], *rest: Any) -> Any:
            codes.append(code)
            return run_code(pattern, flags, code, *rest)

    def watched(pattern: Any, flags: int = 0) -> Any:
        found = compile_pattern(pattern, flags)
        if isinstance(pattern, str) and codes:
            made[pattern, int(flags)] = (found, codes[-1])
        return found

    inner._sre, inner.compile = Watching(), watched
    re.purge()
    _check_everything()
    keys = sorted(made)
    rows: list[list[Any]] = []
    for text, asked in keys:
        found, code = made[text, asked]
        rows.append([text, asked, found.flags, found.groups, dict(found.groupindex), len(code)])
    from luoshi.core.patterns import packed

    return packed(rows, [made[key][1] for key in keys])


def _check_everything() -> None:
    """Import and run whatever a check runs, over the papers of the tests."""
    from luoshi.core.checks import run
    from luoshi.core.material import split
    from luoshi.core.reading import read_bytes

    import_module("luoshi.cli.check")
    papers = [p for glob in PAPERS for p in sorted((ROOT / "tests").glob(glob))]
    for path in (*papers, DATA / "samples" / "self-examination.docx"):
        run(split(read_bytes(path.read_bytes(), path.name)))
    for module in ("luoshi.formats.findings_text", "luoshi.formats.terminal"):
        import_module(module)


def main() -> None:
    """Write the files, or say with --check whether they are what would be written."""
    folder = DATA / "prepared"
    folder.mkdir(exist_ok=True)
    differ = []
    for name, make in (("tables.txt", tables), ("patterns.bin", patterns)):
        made = make()
        if "--check" not in sys.argv:
            (folder / name).write_bytes(made)
        elif (folder / name).read_bytes() != made:
            differ.append(name)
    if differ:
        sys.exit(f"not what the script makes (make prepared): {', '.join(differ)}")


if __name__ == "__main__":
    main()
