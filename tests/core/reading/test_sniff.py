"""What a file is, by its content and never by its name."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from luoshi.core.reading import DEFAULT_LIMITS, Limits, ReadError, read_bytes, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data, **limits):
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "材料.docx", Limits(**limits))
    return caught.value


def zipped():
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"PK\x03\x04rest", "docx"), (b"PK\x05\x06" + bytes(18), "docx"), (b"%PDF-1.7\n", "pdf")]
    + [(b"\n\n junk %PDF-1.4", "pdf"), ("学习".encode(), "text"), (b"a", "text")],
)
def test_kinds(data, kind):
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (b"", "empty", "重新取得"),
        (b"\x89PNG\r\n\x1a\n" + bytes(80), "unknown_type", "Word"),
        (b"\xff\xd8\xff\xe0" + bytes(80), "unknown_type", "Word"),
        (b"\xff\xd8\xff" + b"\x01" * 80, "unknown_type", "Word"),
        (b"GIF89a" + bytes(80), "unknown_type", "Word"),
        (b"BM" + bytes(80), "unknown_type", "Word"),
        (b"II*\x00" + bytes(80), "unknown_type", "Word"),
        (b"{\\rtf1\\ansi}", "unknown_type", ".docx"),
        (b"MZ\x90\x00" + bytes(80), "unknown_type", "选错"),
        (b"\x7fELF" + bytes(80), "unknown_type", "选错"),
        (b"Rar!\x1a\x07", "unknown_type", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "unknown_type", "解压"),
        (b"\x1f\x8b\x08" + bytes(80), "unknown_type", "解压"),
        (OLE + bytes(600), "legacy", ".docx"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted", "密码"),
    ],
)
def test_refusals_say_what_to_do(data, code, advice):
    with pytest.raises(ReadError) as caught:
        sniff(data)
    assert caught.value.code == code
    assert advice in caught.value.message
    assert "请" in caught.value.message


@pytest.mark.parametrize("text", ["BMI超标的职工没有建档。", "MZ-01号文件没有传达。", "BM"])
def test_a_text_may_begin_like_a_program_or_a_picture(text):
    assert read_bytes(text.encode()).text == text


def test_a_file_over_the_limit_is_refused_unread():
    error = refusal(b"%PDF-" + bytes(100), file_bytes=10)
    assert error.code == "too_large"
    assert "请" in error.message


def test_a_file_of_just_the_limit_is_read():
    data = "学习不够。".encode()
    assert read_bytes(data, "", Limits(file_bytes=len(data))).text == "学习不够。"
    assert refusal(data, file_bytes=len(data) - 1).code == "too_large"


def test_the_limits_that_hold_unless_told_otherwise():
    assert (
        Limits(
            file_bytes=52_428_800,
            part_bytes=67_108_864,
            unpacked_bytes=268_435_456,
            zip_entries=10_000,
            pdf_pages=2_000,
            characters=5_000_000,
        )
        == DEFAULT_LIMITS
    )


def test_a_zip_that_is_no_word_file_is_refused():
    assert refusal(zipped()).code in {"unknown_type", "damaged"}


def test_the_name_tells_md_from_txt_and_nothing_else():
    data = "1.学习不够。".encode()
    assert read_bytes(data, "A.MD").format == "md"
    assert read_bytes(data, "a.markdown").format == "md"
    assert read_bytes(data, "a.txt").format == "txt"
    assert read_bytes(data, "a.docx").format == "txt"
    assert read_bytes(data).format == "txt"
    assert read_bytes("## 一、问题".encode()).format == "md"


def test_the_hash_is_of_the_bytes_and_the_encoding_is_told():
    data = "\ufeff学习".encode("utf-16-le")
    document = read_bytes(data)
    assert document.encoding == "utf-16-le"
    assert document.text == "学习"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
