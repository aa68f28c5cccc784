"""Hostile docx files: the zip, the XML, and what Word's own features can be turned to."""

import zlib

from hostile_build import (
    HEAD,
    Corpus,
    content_types,
    document,
    docx,
    paragraph,
    part,
    raw_zip,
    relationships,
    repeated_stream,
    zipped,
)

MIB = 1024 * 1024
HELLO = paragraph("存在的问题")
CELL = f"<w:tc>{HELLO}</w:tc>"
corpus = Corpus()
case, add = corpus.case, corpus.add

add("plain.docx", lambda: docx(HELLO), "document")
for number in range(16):
    add(
        f"cut-{number:02}.docx",
        lambda number=number: docx(HELLO)[: len(docx(HELLO)) * (number + 1) // 17],
        "damaged",
    )
for number in range(16):
    add(f"patched-{number:02}.docx", lambda number=number: patched(number))


def patched(number):
    """Return a docx with sixteen bytes set to 0xff somewhere."""
    data = bytearray(docx(HELLO * 50))
    start = len(data) * number // 16
    data[start : start + 16] = b"\xff" * 16
    return bytes(data)


# The zip


def package(main, *, checksum, claimed, more=()):
    """Return a docx whose main part is given as raw deflate data."""
    link = relationships(("rId1", "officeDocument", "word/document.xml", "Internal"))
    entries = [("word/document.xml", main, checksum, claimed), *more]
    for name, text in (("[Content_Types].xml", content_types()), ("_rels/.rels", link)):
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = compressor.compress(text.encode()) + compressor.flush()
        entries.append((name, data, zlib.crc32(text.encode()), len(text)))
    return raw_zip(entries)


@case("bomb.docx", "bomb")
def bomb():
    data, checksum = repeated_stream(b"<w:p/>" * (MIB // 6), 1024)
    return package(data, checksum=checksum, claimed=1024 * (MIB // 6) * 6)


@case("bomb-that-lies.docx", "bomb", "damaged")
def bomb_that_lies():
    data, checksum = repeated_stream(b" " * MIB, 1024)
    return package(data, checksum=checksum, claimed=1000)


@case("bomb-that-claims-nothing.docx", "bomb", "damaged")
def bomb_that_claims_nothing():
    data, checksum = repeated_stream(b" " * MIB, 1024)
    return package(data, checksum=checksum, claimed=0)


@case("bomb-of-shared-entries.docx", "bomb", "damaged")
def bomb_of_shared_entries():
    data, checksum = repeated_stream(b" " * MIB, 30)
    shared = [(f"word/header{number}.xml", None, checksum, 30 * MIB) for number in range(5_000)]
    return package(data, checksum=checksum, claimed=30 * MIB, more=shared)


add("bomb-of-entries.docx", lambda: zipped({f"word/{n}.xml": "" for n in range(12_000)}), "bomb")


@case("zip-in-zip.docx", "damaged")
def zip_in_zip():
    inner = zipped({"word/document.xml": bytes(40 * MIB)})
    for _ in range(20):
        inner = zipped({"word/document.xml": inner})
    return docx(parts={"word/document.xml": inner})


add(
    "larger-than-said.docx",
    lambda: package(zlib.compress(document(HELLO).encode())[2:-4], checksum=0, claimed=10),
    "damaged",
    "bomb",
)
add("no-document.docx", lambda: docx(parts={"word/document.xml": None}), "damaged")
add("empty-document.docx", lambda: docx(parts={"word/document.xml": ""}), "damaged")
add("text-as-document.docx", lambda: docx(parts={"word/document.xml": "存在的问题"}), "damaged")
add("other-root.docx", lambda: docx(parts={"word/document.xml": "<html/>"}))
add("no-body.docx", lambda: docx(parts={"word/document.xml": part("document", "")}))
add("empty-body.docx", docx, "no_text", "empty")
add("blank-paragraphs.docx", lambda: docx(paragraph(" \u3000") * 100))
add("no-relations.docx", lambda: docx(HELLO, {"_rels/.rels": None}), "document")
add("broken-relations.docx", lambda: docx(HELLO, {"_rels/.rels": "<"}))
add("broken-styles.docx", lambda: docx(HELLO, styles="<w:styles"))
add("broken-numbering.docx", lambda: docx(HELLO, numbering="\0"))
add(
    "relation-outside.docx",
    lambda: docx(
        parts={
            "_rels/.rels": relationships(
                ("rId1", "officeDocument", "../../../../../../etc/passwd", "Internal")
            )
        }
    ),
)
add(
    "relation-to-file.docx",
    lambda: docx(
        parts={
            "_rels/.rels": relationships(
                ("rId1", "officeDocument", "file:///etc/passwd", "External")
            )
        }
    ),
)
add(
    "relation-to-itself.docx",
    lambda: docx(
        parts={"_rels/.rels": relationships(("rId1", "officeDocument", "_rels/.rels", "Internal"))}
    ),
)
add("entry-outside.docx", lambda: docx(HELLO, {"../../../../tmp/luoshi-evil": "x"}), "document")
add(
    "names-that-clash.docx",
    lambda: docx(HELLO, {"WORD/DOCUMENT.XML": "x", "word\\document.xml": "y"}),
)


@case("encrypted-entries.docx", "encrypted", "damaged")
def encrypted_entries():
    data = bytearray(docx(HELLO))
    for mark, shift in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + shift] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


# The XML


def with_type(declaration, body, encoding="UTF-8"):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document [{declaration}]>'
    content = text + document(paragraph(body)).removeprefix(HEAD)
    return docx(parts={"word/document.xml": content.encode(encoding)})


def attributes(name, count):
    return " ".join(f'{name}{number}="{number}"' for number in range(count))


LAUGHS = '<!ENTITY a0 "哈">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)
add("billion-laughs.docx", lambda: with_type(LAUGHS, "&a9;"), "damaged")
add("billion-laughs-16.docx", lambda: with_type(LAUGHS, "&a9;", "UTF-16"), "damaged")
add(
    "long-entity.docx",
    lambda: with_type(f'<!ENTITY a "{"哈" * 50_000}">', "&a;" * 50_000),
    "damaged",
)
add("laughing-styles.docx", lambda: docx(HELLO, styles=f"<!DOCTYPE s [{LAUGHS}]><s>&a9;</s>"))
add(
    "entity-of-file.docx",
    lambda: with_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    "damaged",
)
add("entity-of-device.docx", lambda: with_type('<!ENTITY a SYSTEM "/dev/zero">', "&a;"), "damaged")
add(
    "entity-of-host.docx",
    lambda: with_type('<!ENTITY a SYSTEM "http://127.0.0.1:9/">', "&a;"),
    "damaged",
)
add(
    "parameter-entity.docx",
    lambda: with_type('<!ENTITY % a SYSTEM "/etc/passwd"> %a;', "x"),
    "damaged",
)
add(
    "inclusion.docx",
    lambda: docx(
        HELLO
        + ('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')
    ),
)
add(
    "wrong-encoding.docx",
    lambda: docx(parts={"word/document.xml": document(HELLO).replace("UTF-8", "GB2312").encode()}),
)
add(
    "unknown-encoding.docx",
    lambda: docx(
        parts={"word/document.xml": document(HELLO).replace("UTF-8", "nonsense").encode()}
    ),
)
add(
    "utf-7.docx",
    lambda: docx(
        parts={"word/document.xml": document(HELLO).replace("UTF-8", "UTF-7").encode("utf-7")}
    ),
)
add(
    "invalid-utf-8.docx",
    lambda: docx(
        parts={"word/document.xml": document(paragraph("XY")).encode().replace(b"XY", b"\xff\xfe")}
    ),
    "damaged",
)
add(
    "nulls-within.docx",
    lambda: docx(parts={"word/document.xml": document(paragraph("a\0b"))}),
    "damaged",
)
for label, opening, closing in (
    ("elements", "<w:x>", "</w:x>"),
    ("insertions", '<w:ins w:id="1">', "</w:ins>"),
    ("controls", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("tables", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("boxes", "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ("paragraphs", "<w:p>", "</w:p>"),
    ("links", "<w:p><w:hyperlink>", "</w:hyperlink></w:p>"),
):
    for depth in (30, 80, 100_000):
        endings = ("too_deep", "damaged") if depth > 1000 else ()
        add(
            f"{depth}-nested-{label}.docx",
            lambda o=opening, c=closing, n=depth: docx(o * n + HELLO + c * n),
            *endings,
        )
add("100000-never-closed.docx", lambda: docx("<w:x>" * 100_000), "damaged", "too_deep")
add(
    "million-attributes.docx",
    lambda: docx(f"<w:p {attributes('w:a', 200_000)}/>" + HELLO),
)
add(
    "million-namespaces.docx",
    lambda: docx(f"<w:p {attributes('xmlns:a', 20_000)}/>" + HELLO),
)
add("many-comments.docx", lambda: docx("<!-- x --><?x y?>" * 300_000 + HELLO))
