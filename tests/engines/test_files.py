"""Finding and loading files: nothing hangs, nothing is read that is too large, all is told."""

import glob
import hashlib
import os
from pathlib import Path

import pytest

from luoshi.core.reading import Limits, ReadError
from luoshi.engines import files
from luoshi.engines.files import expand, load_bytes, read_data, read_path
from luoshi.formats import libreoffice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(function, *arguments):
    with pytest.raises(ReadError) as caught:
        function(*arguments)
    return caught.value


def test_load_bytes_returns_the_content(tmp_path):
    path = tmp_path / "材料.txt"
    path.write_bytes(b"\x00\xff")
    assert load_bytes(path) == b"\x00\xff"


def test_a_file_of_just_the_limit_is_loaded_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert load_bytes(path, Limits(file_bytes=5)) == b"12345"
    assert refusal(load_bytes, path, Limits(file_bytes=4)).code == "too_large"


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    error = refusal(load_bytes, path)
    assert error.code == "too_large"
    assert "拆分" in error.message


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")
def test_a_file_that_claims_to_be_empty_is_read_up_to_the_limit():
    assert b"Name:" in load_bytes(Path("/proc/self/status"))
    assert refusal(load_bytes, Path("/proc/self/status"), Limits(file_bytes=9)).code == "too_large"


@pytest.mark.parametrize("name", ["没有.txt", "a\0b", "长" * 2000, "file.txt/inner.txt"])
def test_what_does_not_exist_is_missing(tmp_path, name):
    (tmp_path / "file.txt").write_bytes(b"x")
    assert refusal(load_bytes, tmp_path / name).code == "missing"


def test_folders_devices_and_pipes_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo", Path("/dev/zero"), Path("/dev/null")):
        error = refusal(load_bytes, path)
        assert error.code == "missing"
        assert "请" in error.message


def test_a_file_that_becomes_a_pipe_after_the_check_is_refused_too(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "fifo")
    regular = os.stat(__file__)
    monkeypatch.setattr(files.os, "stat", lambda path: regular)
    assert refusal(load_bytes, tmp_path / "fifo").code == "missing"


@pytest.mark.parametrize(
    ("failure", "words"),
    [(PermissionError(), "权限"), (FileNotFoundError(), "没有找到"), (OSError(5, "I/O"), "打不开")],
)
def test_each_failure_to_open_says_what_to_do(tmp_path, monkeypatch, failure, words):
    def fail(*_):
        raise failure

    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(files.os, "open", fail)
    error = refusal(load_bytes, tmp_path / "a.txt")
    assert error.code == "missing"
    assert words in error.message
    assert "请" in error.message


def test_read_path_uses_the_name(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# 一、问题\n", encoding="utf-8")
    assert read_path(path).format == "md"


def legacy(*streams):
    return OLE + bytes(600) + b"".join(stream.encode("utf-16-le") for stream in streams)


def test_without_libreoffice_the_message_names_it_and_the_other_way(monkeypatch):
    monkeypatch.setattr(libreoffice, "available", lambda: None)
    error = refusal(read_data, legacy("WordDocument"))
    assert error.code == "legacy"
    assert "LibreOffice" in error.message
    assert ".docx" in error.message


def test_an_old_spreadsheet_is_not_converted(monkeypatch):
    monkeypatch.setattr(libreoffice, "convert_to_docx", lambda *_: pytest.fail("converted"))
    error = refusal(read_data, legacy("Workbook"))
    assert error.code == "unknown_type"
    assert "表格" in error.message


def test_a_converted_file_keeps_the_hash_of_the_original_and_says_so(monkeypatch):
    data = legacy("WordDocument")
    converted = "存在的问题。".encode()
    monkeypatch.setattr(libreoffice, "available", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(libreoffice, "convert_to_docx", lambda given, suffix: converted)
    document = read_data(data, "a.doc")
    assert document.text == "存在的问题。"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert [note.kind for note in document.notes] == ["skipped"]
    assert "LibreOffice" in document.notes[0].text


@pytest.fixture
def folder(tmp_path):
    for name in (
        *("b.docx", "a.TXT", "~$b.docx", ".hidden.txt", "photo.jpg", "c.wps", "report[1].pdf"),
        *("sub/d.md", "sub/deep/e.doc", ".git/f.txt", "材料/2024.docx"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "same.md").symlink_to("d.md")
    return tmp_path


def names(paths, folder):
    return [str(path.relative_to(folder)) for path in paths]


def test_a_folder_gives_its_materials_in_order(folder):
    assert names(expand([str(folder)]).files, folder) == [
        *("a.TXT", "b.docx", "c.wps", "report[1].pdf", "sub/d.md", "sub/deep/e.doc"),
        "材料/2024.docx",
    ]


def test_patterns_look_for_materials_only(folder):
    def found(pattern):
        return names(expand([pattern]).files, folder)

    assert found(f"{folder}/*.*") == ["a.TXT", "b.docx", "c.wps", "report[1].pdf"]
    assert found(f"{folder}/**/*.doc") == ["sub/deep/e.doc"]
    assert found(f"{glob.escape(str(folder))}/材?/") == ["材料/2024.docx"]


def test_a_file_named_is_taken_as_it_is(folder):
    given = [f"{folder}/photo.jpg", f"{folder}/report[1].pdf", f"{folder}/~$b.docx"]
    assert names(expand(given).files, folder) == ["photo.jpg", "report[1].pdf", "~$b.docx"]


def test_a_file_reached_in_several_ways_is_taken_once(folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = expand(["b.docx", f"{folder}/b.docx", "./sub/../b.docx", "*.docx"])
    assert found == ([Path("b.docx")], [])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing.docx", "没有找到这个文件"),
        ("*.xyz", "没有符合这个写法的文件"),
        ("*.jpg", "不是能读的类型"),
        ("photos", "文件夹里没有能读的材料"),
        ("", "没有找到"),
        ("a\0b", "没有找到"),
        ("\udcff", "没有找到"),
    ],
)
def test_an_argument_that_leads_nowhere_is_told_and_stops_no_other(
    folder, monkeypatch, name, words
):
    monkeypatch.chdir(folder)
    (folder / "photos").mkdir()
    found = expand([name, "b.docx"])
    assert found.files == [Path("b.docx")]
    ((shown, error),) = found.nothing
    assert shown == os.fsencode(name).decode(errors="replace")
    assert error.code == "missing"
    assert words in error.message
    assert "请" in error.message


def test_no_argument_at_all_finds_nothing():
    assert expand([]) == ([], [])


def test_a_subfolder_that_may_not_be_opened_is_returned_and_its_reading_says_so(
    folder, monkeypatch
):
    scandir = os.scandir

    def guarded(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = expand([str(folder / "sub")]).files
    assert names(found, folder) == ["sub/d.md", "sub/deep"]
    assert "权限" in refusal(read_path, found[1]).message
