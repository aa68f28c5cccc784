"""Hostile plain texts, and other kinds of files under a name that is not theirs."""

import io
import random
import zlib

import xlsxwriter
from hostile_build import Corpus, content_types, docx, ole, paragraph, relationships, zipped

TEXT = "一、存在的问题\n（一）服务群众意识不强，走访不够。\n"
corpus = Corpus()
case, add = corpus.case, corpus.add

add("empty.txt", lambda: b"", "empty")
add("empty.docx", lambda: b"", "empty")
add("empty.pdf", lambda: b"", "empty")
add("one-byte.txt", lambda: b"a", "document")
add("one-byte.docx", lambda: b"P", "document")
add("one-null.txt", lambda: b"\0", "unknown_type", "unknown_encoding")
add("nulls.txt", lambda: bytes(100_000), "unknown_type", "unknown_encoding", "no_text")
add("null-within.txt", lambda: TEXT.replace("，", "\0").encode())
for mark, label in (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
):
    add(f"only-mark-{label}.txt", lambda mark=mark: mark, "empty", "no_text")
    add(
        f"mark-and-text-{label}.txt",
        lambda mark=mark, label=label: mark + TEXT.encode(label),
        "document",
    )
    add(f"half-character-{label}.txt", lambda mark=mark: mark + TEXT.encode()[:-2] + b"\xe3")
add("white-space.txt", lambda: " \t\r\n\u3000\xa0\u200b" * 100)
add("line-ends-only.txt", lambda: b"\r\n\r\r\n\n" * 1000, "empty", "no_text")
add("old-mac-lines.txt", lambda: TEXT.replace("\n", "\r").encode(), "document")
add("lone-surrogates.txt", lambda: TEXT.encode() + "\ud800x\udc00".encode("utf-8", "surrogatepass"))
add(
    "lone-surrogates-16.txt",
    lambda: b"\xff\xfe" + "好\ud800好".encode("utf-16-le", "surrogatepass"),
)
add("invalid-utf-8.txt", lambda: TEXT.encode() + b"\xff\xfe\xfa" + TEXT.encode())
add("overlong-utf-8.txt", lambda: TEXT.encode() + b"\xc0\xaf\xe0\x80\xaf")
add("gb18030.txt", lambda: TEXT.encode("gb18030"), "document")
add("gb18030-cut.txt", lambda: TEXT.encode("gb18030")[:-2] + b"\xb5")
add("gb18030-broken.txt", lambda: TEXT.encode("gb18030") + b"\x81\x30\x81\xff" * 3)
add("utf-16-without-mark-le.txt", lambda: (TEXT * 20).encode("utf-16-le"), "document")
add("utf-16-without-mark-be.txt", lambda: (TEXT * 20).encode("utf-16-be"), "document")
add("utf-16-odd.txt", lambda: b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x01")
add("big5.txt", lambda: "存在的問題".encode("big5") * 50)
add("noise.txt", lambda: random.Random(7).randbytes(100_000))
add("noise.pdf", lambda: random.Random(8).randbytes(100_000))
add("noise.docx", lambda: b"PK\3\4" + random.Random(9).randbytes(100_000), "damaged")
add(
    "right-to-left.txt",
    lambda: TEXT + "\u202e\u2066txt.exe\u2069\u202c\u200f",
    "document",
)
add("controls.txt", lambda: TEXT * 30 + "\x1b]0;title\x07\x1b[2J\x7f\x85\u2028")
add("private-use.txt", lambda: TEXT + "\ue000\U0010ffff\ufdd0\ufffe\ufeff", "document")
add("combining.txt", lambda: TEXT + "整" + "\u0301" * 1_000_000, "document")

add("line-of-40-MB.txt", lambda: b"rectification " * 2_860_000, "too_large")
add("just-too-many-characters.txt", lambda: b"a" * 5_000_001, "too_large")
add("one-line-of-5-million.txt", lambda: "整" * 4_999_999, "document")
add("million-short-lines.txt", lambda: "问题\n" * 1_000_000, "document")
add("million-empty-lines.txt", lambda: "\n" * 1_000_000 + "问题", "document")
add("many-numbers.txt", lambda: "1.\n（一）\n" * 100_000, "document")
for label, unit in {
    "hashes": "#",
    "stars": "*",
    "pipes": "|",
    "dashes": "-",
    "brackets": "（",
    "quotes": "“",
    "digits": "1",
    "numerals": "一",
    "dots": "1.",
    "spaces": " ",
    "wide-spaces": "\u3000",
    "ordinals": "一是",
    "backticks": "`",
    "underscores": "_",
    "links": "[a](",
    "angle": "<",
    "angle-pairs": "<a>",
    "escapes": "\\",
    "ampersands": "&amp",
}.items():
    add(f"million-{label}.md", lambda unit=unit: unit * 1_000_000 + "题", "document")
add(
    "wide-table.md",
    lambda: ("|一" * 20_000 + "|\n" + "|-" * 20_000 + "|\n").encode() * 5,
    "document",
)
add("long-table.md", lambda: "|问题|措施|\n|-|-|\n" + "|一|二|\n" * 100_000, "document")
add("deep-lists.md", lambda: "".join(f"{' ' * n}- 题\n" for n in range(1_000)).encode(), "document")
add("deep-quotes.md", lambda: ">" * 200_000 + "题\n", "document")


@case("spreadsheet.docx", "unknown_type")
def spreadsheet():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, "整改台账")
    return stream.getvalue()


@case("slides.docx", "unknown_type")
def slides():
    link = ("rId1", "officeDocument", "ppt/presentation.xml", "Internal")
    parts = {
        "[Content_Types].xml": content_types("presentationml.presentation"),
        "_rels/.rels": relationships(link),
        "ppt/presentation.xml": "<p/>",
    }
    return zipped(parts)


add("archive.docx", lambda: zipped({"材料.txt": TEXT}), "unknown_type", "damaged")
add("empty-archive.docx", lambda: zipped({}), "unknown_type", "damaged")
add(
    "archive-of-docx.docx",
    lambda: zipped({"a.docx": docx(paragraph("题"))}),
    "unknown_type",
    "damaged",
)
add("photo.docx", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(500), "unknown_type")
add("picture.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "unknown_type")
add("rich.docx", lambda: rb"{\rtf1\ansi \u25972?}", "unknown_type")
add("program.docx", lambda: b"MZ\x90\0" + bytes(500), "unknown_type")
add("program-elf.docx", lambda: b"\x7fELF\2\1\1" + bytes(500), "unknown_type")
add("compressed.docx", lambda: b"\x1f\x8b\x08" + zlib.compress(TEXT.encode()), "unknown_type")
add("page.docx", lambda: "<!DOCTYPE html><html><p>" + TEXT + "</p></html>")
add("docx.txt", lambda: docx(paragraph("存在的问题")), "document")
add("docx.pdf", lambda: docx(paragraph("存在的问题")), "document")
add("encrypted.docx", lambda: ole("EncryptionInfo", "EncryptedPackage"), "encrypted")
add("legacy.doc", lambda: ole("WordDocument", "1Table"), "legacy", "damaged", "document")
add("legacy-spreadsheet.doc", lambda: ole("Workbook"), "unknown_type")
add("legacy-cut.doc", lambda: ole("WordDocument")[:700])
add("legacy-magic-only.doc", lambda: ole()[:8], "unknown_type", "damaged")
add("legacy-noise.doc", lambda: ole("WordDocument")[:1536] + random.Random(5).randbytes(20_000))
