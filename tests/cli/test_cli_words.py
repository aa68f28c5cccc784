"""Every command speaks Chinese: help with examples, usage errors, unknown words."""

import json
import re

import click
import pytest

from luoshi import __version__
from luoshi.cli.main import COMMANDS
from luoshi.core.material.outline import ids

# Option names, file kinds and identifiers are what a user types, not words of a sentence.
TYPED = re.compile(
    r"--?[a-z][a-z-]*|\b(?:luoshi|json|text|xlsx|docx|pdf|txt|md|doc|wps|JSON|Excel|Word|PDF|Schema|"
    r"Markdown|LibreOffice|Python|make|setup|help|ID|WPS)\b|"
    + "|".join((*COMMANDS, *sorted(ids(), key=len, reverse=True)))
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_is_chinese_and_has_examples(luoshi, command, flag):
    run = luoshi(command, flag)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"用法： luoshi {command}")
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
        (("拆分",), "没有 '拆分' 这个命令"),
        (("split",), "缺少参数"),
        (("read",), "缺少参数"),
        (("split", "a.txt", "--formt", "json"), "没有 '--formt' 这个选项"),
        (("split", "a.txt", "--format", "csv"), "csv"),
        (("split", "a.txt", "--jobs", "两个"), "两个"),
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
    assert not re.findall(
        r"[A-Za-z]{3,}", TYPED.sub("", run.err.replace("formt", "").replace("csv", ""))
    )


def test_outlines_lists_all_with_their_basis(luoshi):
    run = luoshi("outlines")
    assert run.code == 0
    assert all(name in run.out for name in ids())
    assert "依据" in run.out


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


def test_demo_checks_itself(luoshi):
    run = luoshi("demo")
    assert (run.code, run.err) == (0, "")
    assert "自检通过" in run.out


def test_demo_fails_when_the_samples_differ(luoshi, monkeypatch):
    from luoshi.cli import demo

    monkeypatch.setattr(demo, "_compare", lambda results: ["md 样例与 Word 样例拆得不一样：二/1"])
    run = luoshi("demo")
    assert run.code == 2
    assert "自检不通过：md 样例" in run.err


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
