"""The command line as users meet it: exit code, standard output, standard error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src" / "luoshi" / "data" / "samples"


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def luoshi(capsys, monkeypatch):
    """Return a function that runs ``luoshi`` with arguments in this process."""
    # What the command line puts into the environment is taken back after the test.
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    # The deployment of the tests is none that the doctor should look at.
    monkeypatch.delenv("LUOSHI_HOME", raising=False)

    def run(*arguments: object) -> Run:
        from luoshi.cli.main import main

        monkeypatch.setattr(sys, "argv", ["luoshi", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return Run(caught.value.code or 0, out, err)

    return run


@pytest.fixture
def process():
    """Return a function that starts ``luoshi`` as a process of its own."""

    def start(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
        return subprocess.Popen(
            [sys.executable, "-m", "luoshi.cli.main", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        )

    return start


@pytest.fixture
def samples():
    return SAMPLES


@pytest.fixture
def folder(tmp_path):
    """A folder with two good materials, one in a subfolder, and files that are none."""
    (tmp_path / "甲.txt").write_text(MATERIAL, encoding="utf-8")
    (tmp_path / "下属").mkdir()
    (tmp_path / "下属" / "乙.md").write_text("# 对照检查材料\n\n" + MATERIAL, encoding="gb18030")
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "~$甲.docx").write_bytes(b"lock")
    return tmp_path


MATERIAL = (
    "一、存在的主要问题\n1.拆迁信访积案化解不力。有3件没有化解。\n2.食堂浪费严重。\n"
    "二、原因分析\n1.宗旨意识有所淡化。\n三、整改措施\n1.由分管副主任包案，化解拆迁信访积案3件。\n"
)
