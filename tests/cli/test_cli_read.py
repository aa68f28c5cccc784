"""``luoshi read``: the canonical text and nothing else on standard output."""

import pytest

from luoshi.core.reading import read_bytes


@pytest.mark.parametrize("suffix", ["docx", "md", "pdf"])
def test_prints_exactly_the_canonical_text(luoshi, samples, suffix):
    path = samples / f"self-examination.{suffix}"
    run = luoshi("read", path)
    assert run.code == 0
    assert run.out == read_bytes(path.read_bytes(), path.name).text


def test_nothing_is_added_at_the_end(luoshi, tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeff学习\r\n不够".encode("utf-16-le"))
    run = luoshi("read", tmp_path / "a.txt")
    assert (run.code, run.out, run.err) == (0, "学习\n不够", "")


def test_what_is_no_text_is_counted_on_the_error_stream(luoshi, samples):
    run = luoshi("read", samples / "self-examination.docx")
    assert "批注 1 处" in run.err
    assert "修订中删去的文字 1 处" in run.err
    assert "--notes" in run.err
    assert "批注" not in run.out


def test_notes_are_listed_on_the_error_stream(luoshi, samples):
    path = samples / "self-examination.docx"
    run = luoshi("read", path, "--notes")
    document = read_bytes(path.read_bytes())
    assert run.out == document.text
    for note in document.notes:
        assert note.text in run.err
    assert "--notes" not in run.err


def test_notes_of_a_file_without_any_say_so(luoshi, tmp_path):
    (tmp_path / "a.txt").write_text("学习不够", encoding="utf-8")
    run = luoshi("read", tmp_path / "a.txt", "--notes")
    assert (run.code, run.out) == (0, "学习不够")
    assert "没有批注" in run.err


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空"), (b"\xff\xd8\xff\xe0", "图片"), (b"%PDF-1.4 broken", "请"), (b"PK\x03\x04", "请")],
)
def test_a_file_that_cannot_be_read(luoshi, tmp_path, data, words):
    (tmp_path / "材料.docx").write_bytes(data)
    run = luoshi("read", tmp_path / "材料.docx")
    assert (run.code, run.out) == (2, "")
    assert "材料.docx：" in run.err
    assert words in run.err
    assert "Traceback" not in run.err


def test_a_missing_file_and_a_folder(luoshi, tmp_path):
    for path in (tmp_path / "没有.txt", tmp_path):
        run = luoshi("read", path)
        assert (run.code, run.out) == (2, "")
        assert "请" in run.err
