"""Results of a check on their way out: one stream or a folder, counted as they pass."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, cast

import click

from luoshi.cli.batch import Record, Records
from luoshi.cli.output import CannotWriteError, say_written, write_file, writing
from luoshi.core.checks.model import Severity
from luoshi.core.reading.model import ReadError

FOLDER_FORMS = ("html", "docx")


@dataclass
class Outcome:
    """What became of all files: their counts, and those that could not be read.

    ``into`` is where the result of each file goes, for the formats of one file each.
    """

    least: str
    details: bool
    files: int
    into: dict[str, Path | None]
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, ReadError]] = field(default_factory=list)

    def watch(self, found: Records) -> Iterator[Record]:
        """Yield the results; count them, and keep what failed for the end."""
        for path, result in found:
            if isinstance(result, ReadError):
                self.failures.append((str(path), result))
            else:
                self.counts.update(result["counts"])
                yield result

    def close(self) -> int:
        """Say what failed and return the exit code: 2 before 1 before 0."""
        for name, problem in self.failures:
            click.echo(f"{name or '（空）'}：{problem.message}", err=True)
        if self.failures:
            if self.files > 1:
                words = f"共 {self.files} 份材料，{len(self.failures)} 份没有检查成。"
                click.echo(words, err=True)
            return 2
        return 1 if self.counts["error"] or self.counts["warning"] else 0


def targets(files: list[Path], form: str, output: Path | None) -> dict[str, Path | None]:
    """Return where each file's page or annotated copy goes; exits with 2 when it may not.

    Several files go into a folder that mirrors where they stand, so that files of the same
    name in different folders do not meet.
    """
    if len(files) == 1 and not (output and output.is_dir()):
        if form == "docx" and output is None:
            raise click.UsageError("加批注请用 -o 写明新文件名，例如：-o 带批注.docx")
        return {str(files[0]): output}
    if output is None:
        raise click.UsageError("有多份材料时请用 -o 写明文件夹，例如：-o 检查报告/")
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output} 是一个文件。有多份材料时请用 -o 写明文件夹。")
    base = os.path.commonpath([path.absolute().parent for path in files])
    ending = ".html" if form == "html" else ""
    into = {str(p): output / (os.path.relpath(p.absolute(), base) + ending) for p in files}
    inputs = {os.path.realpath(path) for path in files}
    if any(os.path.realpath(path) in inputs for path in into.values()):
        raise click.UsageError(f"{output} 里是要读的材料，结果不能写在上面。请换一个文件夹。")
    return cast(dict[str, Path | None], into)


def _text(found: Iterator[Record], output: Path | None, outcome: Outcome) -> None:
    from luoshi.formats.findings_text import print_findings, print_summary, print_total, print_years
    from luoshi.formats.terminal import ResultConsole

    least = cast(Severity, outcome.least)
    with writing(output) as stream:
        width = None if stream.isatty() else 100
        console = ResultConsole(file=stream, width=width, highlight=False, emoji=False)
        for record in found:
            print_findings(console, record["path"], record["body"], least, outcome.details)
            print_years(console, record["years"])
            print_summary(console, record, least, outcome.details)
        if outcome.files > 1:
            print_total(console, outcome.files - len(outcome.failures), outcome.counts)


def _json(found: Iterator[Record], output: Path | None, outcome: Outcome) -> None:
    """Write the contract's JSON as a stream: ten thousand documents need no more memory."""
    with writing(output) as stream:
        stream.write('{"documents": [')
        for index, record in enumerate(found):
            document = record["body"] | {"counts": record["counts"], "policy": record["policy"]}
            stream.write(("," if index else "") + "\n")
            stream.write(json.dumps(document, ensure_ascii=False))
        stream.write("\n]}\n")


def _sarif(found: Iterator[Record], output: Path | None, outcome: Outcome) -> None:
    from luoshi.formats.sarif import Graded, sarif_log

    graded: list[Graded] = []

    def checked() -> Iterator[Any]:
        for record in _told(found, outcome):
            policy = record["policy"]
            # The office's settings are the same for every file.
            graded[:] = [Graded(p["code"], False, None, p["reason"]) for p in policy["off"]]
            graded.extend(
                Graded(p["code"], True, p["severity"], p["reason"]) for p in policy["changed"]
            )
            yield record["body"]

    log = sarif_log(checked(), graded, outcome.failures)
    with writing(output) as stream:
        json.dump(log, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def _each(found: Iterator[Record], output: Path | None, outcome: Outcome) -> None:
    for record in _told(found, outcome):
        target, body = outcome.into[record["path"]], record["body"]
        if target is None:
            sys.stdout.write(body)
            continue
        replaced = target.exists()
        try:
            if output != target:
                target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, body if isinstance(body, bytes) else body.encode())
        except OSError as error:
            raise CannotWriteError(target, error) from None
        say_written(target, 1, replaced)


def _told(found: Iterator[Record], outcome: Outcome) -> Iterator[Record]:
    """Say on the error stream what the result itself has no place for: the policy's counts."""
    from luoshi.formats.findings_text import policy_details, policy_words, summary

    for record in found:
        yield record
        words = summary(record["counts"], cast(Severity, outcome.least))
        click.echo(f"{record['path']}：{words}{policy_words(record['policy'])}", err=True)
        if outcome.details:
            for line in policy_details(record["policy"]):
                click.echo(f"    {line}", err=True)


_WRITERS: dict[str, Callable[[Iterator[Record], Path | None, Outcome], None]] = {
    "text": _text, "json": _json, "sarif": _sarif, "html": _each, "docx": _each,
}  # fmt: skip


def write(form: str, found: Iterator[Record], output: Path | None, outcome: Outcome) -> None:
    """Write the results; a file that stands at ``output`` stays when there are none."""
    if output is None or form in FOLDER_FORMS:
        _WRITERS[form](found, output, outcome)
        return
    first = next(found, None)
    if first is None:
        click.echo(f"没有一份材料读成，没有写 {output}。", err=True)
        return
    replaced = output.exists()
    _WRITERS[form](chain([first], found), output, outcome)
    say_written(output, outcome.files - len(outcome.failures), replaced)
