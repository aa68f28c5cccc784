"""What the demo writes, and whether each file holds what it should."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from luoshi.cli.output import write_file
from luoshi.core.checks.model import Report
from luoshi.core.checks.policy import Policy
from luoshi.core.reading import read_bytes

Written = list[tuple[Path, str]]
_COMMENTED = ("error", "warning")


def write_outputs(path: Path, report: Report, folder: Path) -> tuple[Written, list[str]]:
    """Write the sample's result in every form into ``folder``.

    Returns the files, each with what it is for, and in Chinese what is wrong with them.
    Raises ``OSError`` when they cannot be written.
    """
    from luoshi.engines.tasks import split_record
    from luoshi.formats.lists_xlsx import write_lists

    folder.mkdir(parents=True, exist_ok=True)
    written: Written = []
    wrong: list[str] = []
    for name, words, make, problem in _OUTPUTS:
        target = folder / name
        data = make(path)
        write_file(target, data)
        written.append((target, words))
        found = problem(target.read_bytes(), path, report)
        wrong += [f"{target} {found}"] if found else []
    lists = folder / "三张清单.xlsx"
    record = split_record(path, details=True) | {"path": path.name}
    if write_lists([record], lists) != 1 or not zipfile.is_zipfile(lists):
        wrong.append(f"{lists} 没有写成。")
    written.append((lists, "问题、原因、措施清单，用 Excel 或 WPS 打开"))
    return written, wrong


def _checked(path: Path, form: str, **options: Any) -> Any:
    """Return what ``luoshi check --format`` makes of the file, as the command itself does."""
    from luoshi.engines.checking import check_file

    return check_file(path, form=form, policy=Policy(), **options) | {"path": path.name}


def _docx(path: Path) -> bytes:
    made: bytes = _checked(path, "docx", least="warning")["body"]
    return made


def _html(path: Path) -> bytes:
    page: str = _checked(path, "html")["body"]
    return page.encode()


def _json(path: Path) -> bytes:
    record = _checked(path, "json", details=True)
    kept = {"path": path.name, "counts": record["counts"], "policy": record["policy"]}
    return json.dumps({"documents": [record["body"] | kept]}, ensure_ascii=False).encode()


def _sarif(path: Path) -> bytes:
    from luoshi.formats.sarif import sarif_log

    log = sarif_log([_checked(path, "sarif")["body"]._replace(path=path.name)])
    return json.dumps(log, ensure_ascii=False, indent=1).encode()


def _docx_wrong(data: bytes, path: Path, report: Report) -> str:
    before = path.read_bytes()
    old, new = read_bytes(before), read_bytes(data)
    if old.text != new.text:
        return "的正文变了。"
    added = sum(n.kind == "comment" for n in new.notes) - sum(
        n.kind == "comment" for n in old.notes
    )
    # One more says what was switched off and accepted.
    if added != 1 + sum(f.severity in _COMMENTED for f in report.findings):
        return f"里的批注是 {added} 处，和意见的条数对不上。"
    changed = _parts(before).items() - _parts(data).items()
    touched = {name for name, _ in changed} - {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }  # fmt: skip
    return f"动了不该动的部分：{'、'.join(sorted(touched))}。" if touched else ""


def _parts(data: bytes) -> dict[str, bytes]:
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _html_wrong(data: bytes, path: Path, report: Report) -> str:
    page = data.decode()
    shown = sum(f' id="f{number}"' in page for number in range(1, len(report.findings) + 1))
    return "" if shown == len(report.findings) else f"里只有 {shown} 条意见。"


def _json_wrong(data: bytes, path: Path, report: Report) -> str:
    (record,) = json.loads(data)["documents"]
    return _count_wrong(len(record["findings"]), report)


def _sarif_wrong(data: bytes, path: Path, report: Report) -> str:
    (run,) = json.loads(data)["runs"]
    return _count_wrong(len(run["results"]), report)


def _count_wrong(count: int, report: Report) -> str:
    return "" if count == len(report.findings) else f"里有 {count} 条意见，和查出的对不上。"


_OUTPUTS: tuple[
    tuple[str, str, Callable[[Path], bytes], Callable[[bytes, Path, Report], str]], ...
] = (
    ("带批注.docx", "意见批在原文旁边，用 Word 或 WPS 打开", _docx, _docx_wrong),
    ("检查意见.html", "原文和意见对照，用浏览器打开，可以打印", _html, _html_wrong),
    ("检查意见.json", "供程序使用", _json, _json_wrong),
    ("检查意见.sarif", "供编辑器和代码审查工具使用", _sarif, _sarif_wrong),
)
