"""``luoshi archive``: an archive of earlier materials with which a new one is compared at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi.cli.batch import FileProblemError, chosen_files, jobs_option, records
from luoshi.core.reading.model import ReadError

if TYPE_CHECKING:
    from luoshi.engines.archive import Archive, Match

_SOME = 4_000_000  # characters that are put into the archive together

_folder = click.argument("folder", metavar="比对库", type=click.Path(path_type=Path))
_form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help="text 屏幕阅读，json 供程序使用。",
)  # fmt: skip


@click.group(
    "archive",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    epilog=(
        "例子：\n\n\b\n  luoshi archive add 比对库/ 2023年材料/ 2024年材料/\n"
        "  luoshi archive compare 比对库/ 新材料.docx\n"
        "  luoshi archive list 比对库/\n"
        "  luoshi archive remove 比对库/ 2023年材料/某某.docx"
    ),
)
def archive_command() -> None:
    """建立往年材料的比对库，新材料随到随比。"""


def _open(folder: Path, *, create: bool = False) -> Archive:
    from luoshi.engines.archive import ArchiveError, open_archive

    try:
        return open_archive(folder, create=create)
    except ArchiveError as error:
        raise FileProblemError(error.message) from None


def _name(path: Path) -> str:
    return str(path.resolve())


@archive_command.command("add", options_metavar="[选项]")
@_folder
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@jobs_option
def add_command(folder: Path, paths: tuple[str, ...], jobs: int) -> int:
    """把材料加入比对库；库不存在时新建，改过的材料换成新的。

    有材料读不了时，其余照常加入，最后以 2 退出。
    """
    from luoshi.engines.archive import ArchiveError, Document
    from luoshi.engines.overlapping import text_of

    files, failures = chosen_files(paths)
    archive = _open(folder, create=True)
    inside = archive.folder.resolve()
    files = [path for path in files if inside not in path.resolve().parents]
    waiting: list[Document] = []
    changed = read = size = 0
    try:
        for path, result in records(text_of, files, min(jobs, len(files) or 1), {}, "正在读取"):
            if isinstance(result, ReadError):
                failures.append((str(path), result))
                continue
            waiting.append(Document(_name(path), result["text"], result["dated"]))
            read += 1
            size += len(result["text"])
            if size >= _SOME:
                changed += archive.add(waiting)
                waiting, size = [], 0
        changed += archive.add(waiting)
    except ArchiveError as error:
        raise FileProblemError(error.message) from None
    same = read - changed
    already = f"，另有 {same} 份早已在库、没有变化" if same > 0 else ""
    click.echo(f"加入或更新了 {changed} 份材料{already}。比对库现有 {len(archive):,} 份。")
    return _said(failures)


def _said(failures: list[tuple[str, ReadError]]) -> int:
    for name, why in failures:
        click.echo(f"{name}：{why.message}", err=True)
    return 2 if failures else 0


@archive_command.command("list", options_metavar="[选项]")
@_folder
@_form
def list_command(folder: Path, form: str) -> int:
    """列出比对库里的材料和落款日期。"""
    archive = _open(folder)
    documents = list(archive.documents())
    if form == "json":
        rows = [{"path": name, "dated": dated} for name, dated in documents]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for name, dated in documents:
        click.echo(f"{dated or '日期不详'}  {name}")
    click.echo(f"共 {len(documents):,} 份。")
    return 0


@archive_command.command("remove", options_metavar="[选项]")
@_folder
@click.argument("names", metavar="材料...", nargs=-1, required=True)
def remove_command(folder: Path, names: tuple[str, ...]) -> int:
    """从比对库删去材料，库里的文字一并抹去；原文件不动。"""
    from luoshi.engines.archive import ArchiveError

    archive = _open(folder)
    wanted = {name: name if name in archive else _name(Path(name)) for name in names}
    strangers = [name for name, full in wanted.items() if full not in archive]
    if strangers:
        raise FileProblemError(
            f"比对库里没有这些材料：{'、'.join(strangers)}。一份也没有删。"
            f"请用 luoshi archive list {folder} 查看名称。"
        )
    try:
        number = archive.remove(wanted.values())
    except ArchiveError as error:
        raise FileProblemError(error.message) from None
    click.echo(f"删去了 {number} 份材料。比对库现有 {len(archive):,} 份。")
    return 0


@archive_command.command("compare", options_metavar="[选项]")
@_folder
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@_form
@jobs_option
def compare_command(folder: Path, paths: tuple[str, ...], form: str, jobs: int) -> int:
    """看新材料与比对库里的材料有没有雷同；新材料不加入库。

    库里的同一份材料不算。有雷同时以 1 退出，没有时以 0 退出；
    有材料读不了时，其余照常比对，最后以 2 退出。
    """
    from luoshi.engines.archive import ArchiveError
    from luoshi.engines.overlapping import text_of

    files, failures = chosen_files(paths)
    archive = _open(folder)
    found: list[tuple[str, str, list[Match]]] = []
    try:
        for path, result in records(text_of, files, min(jobs, len(files)), {}, None):
            if isinstance(result, ReadError):
                failures.append((str(path), result))
                continue
            matches = archive.query(result["text"], without=[_name(path)], threads=min(jobs, 8))
            found.append((str(path), result["text"], matches))
    except ArchiveError as error:
        raise FileProblemError(error.message) from None
    if form == "json":
        click.echo(json.dumps([_record(*one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            _show(*one, kept=len(archive))
    return _said(failures) or int(any(matches for _, _, matches in found))


def _record(path: str, text: str, matches: list[Match]) -> dict[str, Any]:
    passages = [
        {
            "start": one.span[0], "end": one.span[1], "text": text[slice(*one.span)],
            "kind": "exact" if one.is_exact else "reworded", "covered": one.covered,
            "kept": {"path": one.id, "dated": one.dated, "start": one.kept_span[0],
                     "end": one.kept_span[1], "text": one.kept_text},
        }
        for one in matches
    ]  # fmt: skip
    return {"path": path, "passages": passages}


def _show(path: str, text: str, matches: list[Match], kept: int) -> None:
    for one in matches:
        how = "一字不差" if one.is_exact else f"换过词句（相同 {one.covered:.0%}）"
        line = text.count("\n", 0, one.span[0]) + 1
        click.echo(f"{path} 第 {line} 行，{how}：{_short(text[slice(*one.span)])}")
        click.echo(f"  {one.id}（{one.dated or '日期不详'}）：{_short(one.kept_text)}\n")
    others = len({one.id for one in matches})
    said = f"与 {others} 份材料有 {len(matches)} 处雷同" if matches else "没有发现雷同"
    click.echo(f"{path}：与库里的 {kept:,} 份材料比对，{said}。")


def _short(text: str, most: int = 120) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most // 2]}……{flat[-most // 2 :]}"


@archive_command.command("check", options_metavar="[选项]")
@_folder
def check_command(folder: Path) -> int:
    """逐个核对比对库的文件是否完好；有损坏时以 2 退出。"""
    from luoshi.engines.archive import ArchiveError

    archive = _open(folder)
    try:
        archive.check()
    except ArchiveError as error:
        raise FileProblemError(error.message) from None
    click.echo(f"比对库完好，共 {len(archive):,} 份材料。")
    return 0
