"""Qualified names of the elements the docx reader knows, and their strict spelling.

Sources: ECMA-376 Part 1 (strict) and Part 4 (transitional), [MS-DOCX] for w14 and w16se.
"""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"

# A strict file is read by spelling its namespaces the transitional way first; the
# quotes keep ordinary text that mentions an address out of it.
STRICT_SPELLINGS: tuple[tuple[bytes, bytes], ...] = tuple(
    (quote + b"http://purl.oclc.org/ooxml/" + strict + quote, quote + transitional + quote)
    for quote in (b'"', b"'")
    for strict, transitional in (
        (
            b"wordprocessingml/main",
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        ),
        (
            b"officeDocument/relationships",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ),
        (
            b"officeDocument/math",
            b"http://schemas.openxmlformats.org/officeDocument/2006/math",
        ),
    )
)

VAL = W + "val"
ID = W + "id"
AUTHOR = W + "author"
DATE = W + "date"
TYPE = W + "type"
ILVL = W + "ilvl"
NUM_ID = W + "numId"
P = W + "p"
R_RUN = W + "r"
TBL = W + "tbl"
TR = W + "tr"
TC = W + "tc"
PPR = W + "pPr"
RPR = W + "rPr"
TXBX = W + "txbxContent"
SDT = W + "sdt"
SDT_CONTENT = W + "sdtContent"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
FALLBACK = MC + "Fallback"

FALSE_VALUES = frozenset(("0", "false", "off"))
