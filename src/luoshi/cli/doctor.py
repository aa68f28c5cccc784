"""``luoshi doctor``: can this machine do the work, and what to do where it cannot."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import click

from luoshi import __version__
from luoshi.core import knowledge

_NEEDED = (
    "ahocorasick-rs",
    "click",
    "lxml",
    "pypdfium2",
    "python-docx",
    "rich",
    "typst",
    "xlsxwriter",
)


class Check(NamedTuple):
    """One thing looked at: ``state`` is good, missing (optional) or bad."""

    name: str
    state: str
    words: str


@click.command(
    "doctor",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi doctor\n  luoshi doctor --home /srv/luoshi",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="也检查这个数据文件夹里的系统（默认：环境变量 LUOSHI_HOME 或当前文件夹下的 luoshi-data，有就检查）。",
)
def doctor_command(home: Path | None) -> int:
    """检查本机能否运行落实，读一遍自带的样例，并说明缺什么、怎么补。有不合格的以 2 退出。"""
    if home is not None:
        _take_up(home)
    checks = [check for look in _LOOKS for check in look()]
    checks += _deployment(home)
    marks = {"good": "✓", "missing": "–", "bad": "✗"}
    for check in checks:
        click.echo(f"{marks[check.state]} {check.name}：{check.words}")
    bad = sum(check.state == "bad" for check in checks)
    click.echo(f"有 {bad} 项不合格。" if bad else "可以使用。")
    return 2 if bad else 0


def _take_up(home: Path) -> None:
    """Let the packs of the deployment be used: what follows looks at them too."""
    from luoshi.engines.packs.store import FOLDER, take_up

    take_up(home.absolute() / FOLDER)


def _deployment(home: Path | None) -> list[Check]:
    """Look at the deployment that is named, or at the one there is."""
    from luoshi.office.home import home as place

    there = home or place()
    if home is None and not (there / "keys").is_dir():
        return []
    from luoshi.cli.deployment import prepare

    prepare(there)
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.condition import look

    try:
        return [Check(*finding) for finding in look()]
    except KeepingError as error:
        return [Check("删除登记", "bad", str(error))]


def _versions() -> Iterator[Check]:
    yield Check("落实", "good", __version__)
    enough = sys.version_info >= (3, 11)
    yield Check(
        "Python",
        "good" if enough else "bad",
        platform.python_version() + ("" if enough else "，需要 3.11 以上"),
    )
    for name in _NEEDED:
        try:
            yield Check(name, "good", version(name))
        except PackageNotFoundError:
            yield Check(name, "bad", "没有安装。请在程序目录运行 make setup。")


def _libreoffice() -> Iterator[Check]:
    from luoshi.formats.libreoffice import available

    found = available()
    if found:
        yield Check("LibreOffice", "good", found)
    else:
        yield Check(
            "LibreOffice", "missing", "没有安装，旧版 .doc、.wps 需先另存为 .docx；其他不受影响。"
        )


def _fonts() -> Iterator[Check]:
    from luoshi.formats.gbt9704.fonts import NoFonts, choose

    try:
        words = choose().words()
    except NoFonts as missing:
        yield Check("中文字体", "missing", str(missing))
        return
    yield Check("中文字体", "missing" if words else "good", words or "仿宋、楷体、黑体、小标宋都有")


def _outlines() -> Iterator[Check]:
    from luoshi.core.material.outline import ids, load

    count = len([load(name) for name in ids()])
    imported = sum(name.startswith("outlines/") for name in knowledge.added())
    more = f"，其中资料包 {imported} 份" if imported else ""
    yield Check("提纲", "good", f"{count} 份，都能读{more}")


def _calendar() -> Iterator[Check]:
    """Say for which years working days are known, and which of them a pack brought."""
    from luoshi.core.deadlines.workdays import official

    imported = [name[9:] for name in knowledge.added() if name.startswith("workdays/")]
    more = f"，其中资料包：{'、'.join(sorted(imported))}" if imported else ""
    years = "、".join(map(str, sorted(official().years)))
    yield Check("放假安排", "good", f"有 {years} 年的{more}")


def _samples() -> Iterator[Check]:
    from luoshi.core.reading.model import ReadError
    from luoshi.engines.interface import split

    folder = files("luoshi") / "data" / "samples"
    for suffix in ("docx", "md", "pdf"):
        with as_file(folder / f"self-examination.{suffix}") as path:
            try:
                done = split(path)
            except ReadError as error:
                yield Check(f"样例 {suffix}", "bad", error.message)
                continue
        counts = [len(done.of_kind(kind)) for kind in ("problem", "cause", "measure")]
        state = "good" if all(counts) else "bad"
        yield Check(f"样例 {suffix}", state, "问题 {}、原因 {}、措施 {}".format(*counts))


def _room() -> Iterator[Check]:
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1024**3
    state = "good" if free >= 1 else "bad"
    yield Check(
        "临时空间", state, f"{free:.1f} GB" + ("" if free >= 1 else "，至少要 1 GB，请清理磁盘")
    )


_LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _versions, _libreoffice, _fonts, _outlines, _calendar, _samples, _room,
)  # fmt: skip
