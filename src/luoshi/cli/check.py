"""``luoshi check``: what a careful reviewer would object to, and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from luoshi.cli.batch import FileProblemError, chosen_files, jobs_option, known_outline, records
from luoshi.cli.checked import FOLDER_FORMS, Outcome, targets, write
from luoshi.cli.output import CannotWriteError, refuse_overwriting
from luoshi.core.checks.policy import Policy, PolicyError, parse_policy
from luoshi.core.reading.model import ReadError
from luoshi.engines.checking import check_file, settings_text

CONFIG = "luoshi.toml"
_BY_SUFFIX = {
    ".txt": "text", ".json": "json", ".sarif": "sarif", ".html": "html", ".htm": "html",
    ".docx": "docx",
}  # fmt: skip
_NEVER_TEXT = frozenset({".xlsx", ".xls", ".pdf", ".doc", ".wps", ".pptx", ".zip"})


@click.command(
    "check",
    options_metavar="[选项]",
    short_help="逐句检查，指出要改的地方和理由",
    epilog="例子：\n\n\b\n  luoshi check 材料.docx\n  luoshi check 材料.docx --format docx -o 带批注.docx\n"
    "  luoshi check 2025年材料/ --format html -o 检查报告/\n"
    "  luoshi check 今年.docx --previous 去年.docx\n"
    "  luoshi check '材料/*.docx' --severity error --format json > 结果.json",
)
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "html", "docx"]),
              help="结果的样式：text 屏幕阅读，html 网页，docx 在原文上加批注，json 和 sarif 供程序使用。"
              "不写则看 -o 的后缀，没有后缀就是 text。")  # fmt: skip
@click.option("-o", "--output", metavar="文件或文件夹", type=click.Path(path_type=Path),
              help="把结果写到这里；html 和 docx 有多份材料时写文件夹。")  # fmt: skip
@click.option("--severity", "least", type=click.Choice(["error", "warning", "note"]),
              help="列到哪一级：error 只列错误，warning 加上提醒，note 全部。"
              "不写时 text 和 docx 列到提醒，其他样式列全部。")  # fmt: skip
@click.option(
    "--outline", metavar="提纲", help="指定提纲；不写则按材料自己判断。“luoshi outlines”列出全部。"
)
@click.option("--config", metavar="文件", type=click.Path(path_type=Path),
              help=f"本单位对规则的调整；不写则用当前文件夹里的 {CONFIG}（如果有）。")  # fmt: skip
@click.option("--accept", metavar="文件", type=click.Path(path_type=Path),
              help="已接受意见的记录；不写则用材料旁边的“材料名.accept.toml”（如果有）。")  # fmt: skip
@click.option("--previous", metavar="文件", multiple=True, type=click.Path(path_type=Path),
              help="上次的材料：看哪些问题又提了出来、上次的措施和整改说法对不对得上。可以写多次，从早到晚，"
              "材料里写明年度的按年度排。只能用于一份材料。")  # fmt: skip
@click.option("--details", is_flag=True, help="附上依据、标识、调整和接受的理由等细节。")
@click.option("--with-text", is_flag=True, help="在 JSON 里附上全文。")
@jobs_option
def check_command(
    paths: tuple[str, ...], form: str | None, output: Path | None, least: str | None,
    outline: str | None, config: Path | None, accept: Path | None, previous: tuple[Path, ...],
    details: bool,
    with_text: bool, jobs: int,
) -> int:  # fmt: skip
    """像细心的审阅人一样检查材料，每条意见都注明位置、理由和改法。

    有错误或提醒时以 1 退出，没有时以 0 退出；有材料读不了时，其余照常处理，最后以 2 退出。
    规则可以由单位在设置文件里关闭或调整，意见可以由具名的人接受，都要写理由；写在材料里面的话关不掉任何检查。
    """
    known_outline(outline)
    policy = _policy(config)
    files, nothing = chosen_files(paths)
    if accept is not None and len(files) > 1:
        raise click.UsageError("--accept 只能用于一份材料。多份材料请把接受记录放在各自旁边。")
    if previous and len(files) > 1:
        raise click.UsageError("--previous 只能用于一份材料。多份材料请一份一份地检查。")
    refuse_overwriting(output, [*files, *previous])
    chosen = _form(form, output)
    grade = least or ("warning" if chosen in ("text", "docx") else "note")
    options: dict[str, Any] = {
        "form": chosen, "policy": policy, "outline": outline, "least": grade,
        "accept": accept, "previous": previous, "details": details, "with_text": with_text and chosen == "json",
    }  # fmt: skip
    into = targets(files, chosen, output) if chosen in FOLDER_FORMS else {}
    outcome = Outcome(grade, details, len(files) + len(nothing), into, failures=list(nothing))
    label = "正在检查" if output is not None or not sys.stdout.isatty() else None
    found = outcome.watch(records(check_file, files, min(jobs, len(files)), options, label))
    try:
        write(chosen, found, output, outcome)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWriteError(output, error) from None
    return outcome.close()


def _form(form: str | None, output: Path | None) -> str:
    """Return the format: as said, else by the suffix of ``output``, else text."""
    suffix = output.suffix.lower() if output is not None else ""
    meant = _BY_SUFFIX.get(suffix)
    chosen = form or meant or "text"
    if suffix in _NEVER_TEXT and not (output and output.is_dir()):
        raise click.UsageError(
            f"检查结果不能写成 {suffix}。可以写成 .txt、.html、.docx、.json、.sarif。"
        )
    # Word would not open a page that is named .docx, nor a program text that is named .json.
    if meant and chosen != meant:
        raise click.UsageError(
            f"--format {chosen} 与文件名后缀 {suffix} 不一致。请去掉 --format，或改文件名。"
        )
    return chosen


def _policy(config: Path | None) -> Policy:
    """Return the office's settings; exits with 2 when they cannot be followed."""
    path = config or Path(CONFIG)
    if config is None and not path.exists():
        return Policy()
    try:
        return parse_policy(settings_text(path))
    except PolicyError as error:
        raise FileProblemError(f"设置文件 {path} 写得不对：{error}") from None
    except ReadError as error:
        raise FileProblemError(f"设置文件 {path} 读不了：{error.message}") from None
