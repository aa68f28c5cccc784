"""Hostile docx files, continued: much of everything, and references that lead nowhere."""

from hostile_build import Corpus, docx, paragraph, part, run

HELLO = paragraph("存在的问题")
CELL = f"<w:tc>{HELLO}</w:tc>"
corpus = Corpus()
case, add = corpus.case, corpus.add


def words(count, seed=0):
    """Return so many characters that compress no better than a real text does."""
    return "".join(chr(0x4E00 + (seed + number * number) % 4001) for number in range(count))


def many(count, wrap=paragraph):
    return "".join(wrap(f"问题{number * 2654435761 % 2**32:x}") for number in range(count))


def row(text):
    return f"<w:tr>{f'<w:tc>{paragraph(text)}</w:tc>' * 3}</w:tr>"


add("200000-paragraphs.docx", lambda: docx(many(200_000)), "document")
add(
    "60-MB-of-attributes.docx",
    lambda: docx(
        "".join(f'<w:p w:rsidR="{n * 2654435761 % 2**32:08X}"/>' for n in range(2_000_000)) + HELLO
    ),
)
add("million-runs.docx", lambda: docx(f"<w:p>{run('题') * 600_000}</w:p>"))
add("million-breaks.docx", lambda: docx(f"<w:p><w:r>{'<w:br/>' * 1_000_000}</w:r></w:p>" + HELLO))
add("long-run.docx", lambda: docx(paragraph(words(4_900_000))), "document", "damaged")
add(
    "too-many-characters.docx",
    lambda: docx("".join(paragraph(words(500_000, n)) for n in range(11))),
    "too_large",
)
add(
    "20000-rows.docx",
    lambda: docx(f"<w:tbl>{many(20_000, row)}</w:tbl>"),
    "document",
)
add(
    "20000-cells-in-a-row.docx",
    lambda: docx(f"<w:tbl><w:tr>{CELL * 20_000}</w:tr></w:tbl>"),
    "document",
)
add(
    "cell-over-billions.docx",
    lambda: docx(
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2147483647"/></w:trPr><w:tc><w:tcPr>'
        f'<w:gridSpan w:val="2147483647"/><w:vMerge/></w:tcPr>{HELLO}</w:tc></w:tr></w:tbl>'
    ),
    "document",
)
add(
    "table-without-cells.docx",
    lambda: docx("<w:tbl><w:tr/><w:tr><w:tc/></w:tr></w:tbl>" + HELLO),
    "document",
)
add(
    "20000-comments.docx",
    lambda: docx(
        "".join(
            f'<w:p><w:commentRangeStart w:id="{n}"/>{run("题")}'
            f'<w:commentRangeEnd w:id="{n}"/></w:p>'
            for n in range(20_000)
        ),
        comments=part(
            "comments",
            "".join(
                f'<w:comment w:id="{n}" w:author="a">{HELLO}</w:comment>' for n in range(20_000)
            ),
        ),
    ),
    "document",
)
add(
    "one-comment-over-all.docx",
    lambda: docx(
        '<w:p><w:commentRangeStart w:id="1"/></w:p>' * 20_000 + HELLO * 20_000,
        comments=part("comments", f'<w:comment w:id="1">{HELLO}</w:comment>'),
    ),
    "document",
)
add(
    "note-within-itself.docx",
    lambda: docx(
        HELLO + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 3,
        footnotes=part(
            "footnotes",
            '<w:footnote w:id="2"><w:p><w:r><w:footnoteReference w:id="2"/>'
            "<w:t>注</w:t></w:r></w:p></w:footnote>" * 2,
        ),
    ),
    "document",
)
add(
    "same-long-note-often.docx",
    lambda: docx(
        HELLO + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 20_000,
        footnotes=part(
            "footnotes", f'<w:footnote w:id="2">{paragraph("注" * 20_000)}</w:footnote>'
        ),
    ),
)
add(
    "fields-never-ended.docx",
    lambda: docx(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r></w:p>'
        * 20_000
        + HELLO
    ),
)
add(
    "fields-never-begun.docx",
    lambda: docx(
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/>'
        "</w:r></w:p>" * 20_000 + HELLO
    ),
    "document",
)
add("right-to-left.docx", lambda: docx(paragraph("\u202e题\u2066材\u202c料\u200b")), "document")
add(
    "symbols-that-are-none.docx",
    lambda: docx(
        "<w:p><w:r>"
        + "".join(
            f'<w:sym w:font="Wingdings" w:char="{code}"/>'
            for code in ("", "zz", "-1", "110000", "D800", "F0FC", "FFFFFFFFFFFF")
        )
        + "</w:r></w:p>"
        + HELLO
    ),
)
add(
    "deletions-only.docx",
    lambda: docx(
        '<w:p><w:del w:id="1"><w:r><w:delText>题</w:delText></w:r></w:del></w:p>' * 50_000
    ),
)
