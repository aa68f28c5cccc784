"""Every command speaks Chinese: help with examples, usage errors, unknown words."""

import json
import re

import click
import pytest
from rich.cells import cell_len

from luoshi import __version__
from luoshi.cli.main import COMMANDS
from luoshi.core.material.outline import ids

# Option names, file kinds and identifiers are what a user types, not words of a sentence.
TYPED = re.compile(
    r"--?[a-z][a-z-]*|\b(?:luoshi|json|text|xlsx|docx|pdf|txt|md|doc|wps|JSON|Excel|Word|PDF|Schema|"
    r"Markdown|ISO|accept|toml|sarif|html|SARIF|HTML|error|warning|note|LibreOffice|Ctrl|LUOSHI_HOME|beifen|tar|sealed|encrypt|passphrase|erasures|file|admin|liuhe|srv|jiedao|jsonl|checkpoint|export|verify|list|remove|back|name|title|source|workdays|keys|show|new|zip|Python|make|setup|help|out|ID|WPS)\b|"
    + "|".join((*COMMANDS, *sorted(ids(), key=len, reverse=True)))
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_is_chinese_and_has_examples(luoshi, command, flag):
    run = luoshi(command, flag)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"用法：luoshi {command}")
    assert "例子：" in run.out
    assert f"luoshi {command}" in run.out.split("例子：")[1]
    assert "显示这份说明。" in run.out
    assert not re.findall(r"[A-Za-z]{3,}", TYPED.sub("", run.out))


def test_the_help_of_the_whole_lists_every_command(luoshi):
    for arguments in ((), ("--help",)):
        run = luoshi(*arguments)
        assert all(
            f"  {name}" in run.out + run.err and words in run.out + run.err
            for name, words in COMMANDS.items()
        )
        assert not re.findall(r"[A-Za-z]{3,}", TYPED.sub("", run.out + run.err))


def test_version(luoshi):
    run = luoshi("--version")
    assert (run.code, run.out) == (0, f"落实 luoshi {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("拆分",), "没有“拆分”这个命令。可用的命令：read、split"),
        (("splt",), "没有“splt”这个命令。是不是想用 split？"),
        ((__file__,), f"要拆分材料，请用：luoshi split {__file__}"),
        (("split",), "请写明要处理的文件或文件夹。"),
        (("read",), "请写明要处理的文件。"),
        (("split", "a.txt", "--formt", "json"), "没有 '--formt' 这个选项"),
        (("split", "a.txt", "--format", "csv"), "csv"),
        (("split", "a.txt", "--jobs", "两个"), "两个"),
        (("split", "a.txt", "--jobs", "0"), "请写 1 到 64 的整数"),
        (("split", "a.txt", "--jobs", "65"), "请写 1 到 64 的整数"),
        (("split", "a.txt", "-o"), "-o"),
        (("outlines", "没有这个"), "没有“没有这个”这个提纲"),
        (("read", "a.txt", "b.txt"), "b.txt"),
        (("schema", "多余"), "多余"),
    ],
)
def test_usage_errors_are_chinese(luoshi, arguments, words):
    run = luoshi(*arguments)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert run.err.count("\n出错：") + run.err.startswith("出错：") == 1
    said = run.err
    for typed in ("formt", "csv", "splt", __file__):
        said = said.replace(typed, "")
    assert not re.findall(r"[A-Za-z]{3,}", TYPED.sub("", said))


def test_outlines_lists_all_with_their_basis(luoshi):
    run = luoshi("outlines")
    assert run.code == 0
    assert all(name in run.out for name in ids())
    assert "依据" in run.out


def test_outlines_in_a_narrow_terminal_cut_no_id(luoshi, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for columns in ("40", "60", "89", "90", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        lines = click.unstyle(luoshi("outlines").out).splitlines()
        assert all(any(name in line for line in lines) for name in ids())
        assert all(cell_len(line.rstrip()) <= int(columns) for line in lines)


def test_the_case_is_no_heading_among_the_others(luoshi):
    line = next(x for x in luoshi("outlines").out.splitlines() if "2025-democratic-life" in x)
    assert "（五个带头）" in line
    assert line.split()[2] == "5"


def test_known_outlines_are_listed_one_a_line_with_their_names(luoshi):
    lines = luoshi("outlines", "1999-nothing").err.splitlines()
    assert [x.split()[0] for x in lines if x.startswith("  ")] == list(ids())
    assert "  2025-democratic-life  2025年度民主生活会（五个带头）" in lines


@pytest.mark.parametrize("columns", ["60", "80"])
@pytest.mark.parametrize("command", ["split", "read", "doctor"])
def test_help_fits_the_terminal_and_no_line_begins_with_a_closing_mark(
    luoshi, monkeypatch, command, columns
):
    monkeypatch.setenv("COLUMNS", columns)
    page = luoshi(command, "--help").out.split("例子：")[0].splitlines()
    assert max(map(cell_len, page)) <= int(columns)
    assert not [line for line in page if line.strip()[:1] in set("。，、；：）”")]


def test_one_outline_shows_its_headings_and_source(luoshi):
    from luoshi.core.material.outline import load

    run = luoshi("outlines", "2025-democratic-life")
    outline = load("2025-democratic-life")
    assert run.code == 0
    assert all(aspect.name in run.out.replace("\n", "") for aspect in outline.aspects)
    assert outline.dated in run.out
    assert "没有规定的分项标题" in luoshi("outlines", "iso-9001-audit").out


def test_schema_prints_the_file(luoshi):
    from importlib.resources import files

    run = luoshi("schema")
    assert run.code == 0
    assert run.out == (files("luoshi") / "data/schema/split.schema.json").read_text("utf-8")
    assert json.loads(run.out)["required"] == ["documents"]


def test_doctor_reports_what_it_looked_at(luoshi):
    run = luoshi("doctor")
    assert run.code == 0
    assert "可以使用。" in run.out
    assert run.out.count("✓ 样例") == 3
    assert "✗" not in run.out


def test_doctor_names_what_is_missing(luoshi, monkeypatch):
    from importlib.metadata import PackageNotFoundError

    from luoshi.cli import doctor

    def version(name):
        if name == "lxml":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(doctor, "version", version)
    run = luoshi("doctor")
    assert run.code == 2
    assert "✗ lxml：没有安装。请" in run.out
    assert "有 1 项不合格。" in run.out


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, click.Abort])
def test_an_interrupt_says_so(luoshi, monkeypatch, interrupt):
    def stop(path):
        raise interrupt

    monkeypatch.setattr("luoshi.cli.read.read_path", stop)
    run = luoshi("read", "a.txt")
    assert (run.code, run.out) == (130, "")
    assert run.err.strip() == "已中断。"
