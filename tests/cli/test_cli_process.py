"""The command line as a process: bare locales, closed pipes, start without a terminal."""

import json

import pytest

from luoshi.core.reading import read_bytes


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {},
        {"LANG": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_chinese_whatever_the_locale(process, samples, environment):
    path = samples / "self-examination.md"
    out, err = process("read", path, **environment).communicate(timeout=60)
    assert out.decode("utf-8") == read_bytes(path.read_bytes()).text
    assert err == b""


def test_messages_are_chinese_under_a_bare_locale(process, tmp_path):
    running = process("read", tmp_path / "没有.txt", LANG="C")
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, b"")
    assert "出错" in err.decode("utf-8")
    assert "没有.txt" in err.decode("utf-8")


def test_json_of_many_files_under_a_bare_locale(process, folder):
    running = process("split", folder, "--format", "json", LANG="C")
    out, err = running.communicate(timeout=120)
    assert (running.returncode, err) == (0, b"")
    assert len(json.loads(out.decode("utf-8"))["documents"]) == 2


@pytest.mark.parametrize("command", ["read", "split"])
def test_a_reader_that_has_seen_enough_is_no_error(process, tmp_path, command):
    path = tmp_path / "长.txt"
    item = "{}.学习不够系统深入，联系群众不够紧密，落实制度不够严格。\n"
    path.write_text(
        "一、存在的问题\n" + "".join(map(item.format, range(1, 900))) * 4, encoding="utf-8"
    )
    running = process(command, path)
    running.stdout.read(100)
    running.stdout.close()
    err = running.stderr.read()
    running.wait(timeout=60)
    assert (running.returncode, err) == (0, b"")


def test_no_colours_and_no_bar_where_there_is_no_terminal(process, folder):
    running = process("split", folder)
    out, err = running.communicate(timeout=120)
    assert (running.returncode, err) == (0, b"")
    assert b"\x1b" not in out
