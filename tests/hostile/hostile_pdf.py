"""Hostile pdf files."""

import random
import zlib

from hostile_build import Corpus, encrypted_pdf, one_page, pdf, repeated_stream

HELLO = b"BT /F1 12 Tf 72 700 Td (Rectification report) Tj ET"
# pdfium has no limits of its own: here the worker's have to hold.
BEYOND_PDFIUM = ("memory", "crash", "timeout", "damaged", "bomb", "no_text", "document")
corpus = Corpus()
case, add = corpus.case, corpus.add

add("plain.pdf", lambda: pdf(one_page(HELLO)), "document")
add("encrypted.pdf", lambda: encrypted_pdf(b"secret"), "encrypted")
add("encrypted-for-owner-only.pdf", lambda: encrypted_pdf(b""), "document")
add("mark-only.pdf", lambda: b"%PDF-1.7\n", "damaged")
add("mark-and-noise.pdf", lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(50_000), "damaged")
add("text-before-mark.pdf", lambda: b"x" * 900 + pdf(one_page(HELLO)))
add("blank-page.pdf", lambda: pdf(one_page(b"")), "no_text")
for number in range(12):
    add(
        f"cut-{number:02}.pdf",
        lambda number=number: pdf(one_page(HELLO))[
            : (len(pdf(one_page(HELLO))) * number) // 12 + 9
        ],
    )


@case("pictures-only.pdf", "no_text")
def pictures_only():
    picture = (
        "/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8"
        " /ColorSpace /DeviceGray",
        bytes(range(16)),
    )
    return pdf(one_page(b"q 595 0 0 842 0 0 cm /I Do Q", "/XObject <</I 6 0 R>>", [picture]))


@case("picture-of-gigapixels.pdf")
def picture_of_gigapixels():
    picture = (
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8"
        " /ColorSpace /DeviceRGB /Filter /FlateDecode",
        zlib.compress(bytes(1000)),
    )
    return pdf(
        one_page(
            HELLO + b" q 595 0 0 842 0 0 cm /I Do Q",
            "/Font <</F1 5 0 R>> /XObject <</I 6 0 R>>",
            [picture],
        )
    )


@case("content-bomb.pdf", *BEYOND_PDFIUM)
def content_bomb():
    raw, _ = repeated_stream(b"BT /F1 9 Tf 9 9 Td (bomb) Tj ET\n" * 32_768, 512)
    objects = one_page(b"")
    objects[3] = ("/Filter /FlateDecode", b"\x78\x9c" + raw)
    return pdf(objects)


@case("content-bomb-of-bombs.pdf", *BEYOND_PDFIUM)
def content_bomb_of_bombs():
    raw, _ = repeated_stream(bytes(1024 * 1024), 1024)
    objects = one_page(b"")
    objects[3] = ("/Filter [/FlateDecode /FlateDecode]", zlib.compress(b"\x78\x9c" + raw))
    return pdf(objects)


@case("forms-doubling.pdf", *BEYOND_PDFIUM)
def forms_doubling():
    forms = [
        (
            f"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
            f" /Resources <</Font <</F1 5 0 R>> /XObject <</X {number + 1} 0 R>>>>",
            b"/X Do /X Do" if number < 45 else HELLO,
        )
        for number in range(6, 46)
    ]
    return pdf(one_page(b"/X Do", "/XObject <</X 6 0 R>>", forms))


add(
    "pages-within-themselves.pdf",
    lambda: pdf(
        ["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000>>"]
    ),
)
add(
    "pages-without-end.pdf",
    lambda: pdf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 2147483647>>"]),
)
add("catalog-is-itself.pdf", lambda: pdf(["1 0 R"]))
add("nested-arrays.pdf", lambda: pdf([*one_page(HELLO), "[" * 100_000 + "]" * 100_000]))
add("nested-catalog.pdf", lambda: pdf(["<</A" * 50_000 + ">>" * 50_000]))
add("earlier-table-is-this-one.pdf", lambda: pdf(one_page(HELLO), trailer="/Prev 20"))
add("many-pages.pdf", lambda: _pages(2_500), "too_large")
add("many-letters.pdf", lambda: pdf(one_page(_letters(60_000))), "document")
add(
    "letters-at-one-point.pdf",
    lambda: pdf(one_page(b"BT /F1 9 Tf " + b"(a) Tj 0 0 Td " * 20_000 + b"ET")),
)
add("letters-of-no-size.pdf", lambda: pdf(one_page(b"BT /F1 0 Tf 9 9 Td (abc) Tj ET" + HELLO)))
add(
    "letters-of-vast-size.pdf",
    lambda: pdf(one_page(b"BT /F1 1e30 Tf 1e30 -1e30 Td (abc) Tj ET" + HELLO)),
)
add(
    "numbers-that-are-none.pdf",
    lambda: pdf(one_page(b"BT /F1 nan Tf 9..9 --1 Td (abc) Tj ET" + HELLO)),
)
add("vast-page.pdf", lambda: pdf(one_page(HELLO)).replace(b"0 0 595 842", b"0 0 9e9 9e9"))
add("page-of-no-size.pdf", lambda: pdf(one_page(HELLO)).replace(b"0 0 595 842", b"5 5 5   5  "))
add(
    "many-lines-drawn.pdf",
    lambda: pdf(
        one_page(
            HELLO
            + b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (n, n, n, n) for n in range(595))
        )
    ),
    "document",
)
add(
    "page-turned.pdf",
    lambda: pdf(one_page(HELLO)).replace(b"/Parent", b"/Rotate 90 /Parent"),
    "document",
)


def _pages(count):
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"
    return pdf(
        [
            "<</Type /Catalog /Pages 2 0 R>>",
            f"<</Type /Pages /Kids [{kids}] /Count {count}>>",
            *[page] * count,
        ]
    )


def _letters(count):
    words = b"(abcdefghij) Tj 0 -1 Td " * (count // 10)
    return b"BT /F1 1 Tf 9 840 Td " + words + b"ET"
