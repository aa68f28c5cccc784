"""Whatever is done to a file, reading it gives a Parsed or a ReadError, nothing else."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st
from test_docx_text import STYLES, TOC

from docx_maker import (
    CASES,
    DECIMAL,
    box,
    case_file,
    deleted,
    docx_parts,
    field,
    numbered,
    packed,
    para,
    paragraph,
    run,
    table,
)
from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import Parsed, ReadError

BODY = (
    numbered("编号", 1)
    + para(run("甲"), deleted("删"), f"<w:r><w:pict>{box(paragraph('框'))}</w:pict></w:r>")
    + para(run("前"), properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    + para(field("PAGE", run("1")), '<w:commentRangeStart w:id="1"/>', run("乙"))
    + para(TOC)
    + table([numbered("", 1), paragraph("一") + table([paragraph("套")])], [paragraph("二")])
    + para(run("注", '<w:rStyle w:val="Ink"/>'), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
)
PARTS = docx_parts(
    BODY,
    numbering=DECIMAL,
    styles=STYLES,
    footnotes=f'<w:footnote w:id="2">{paragraph("注文")}</w:footnote>',
    comments=f'<w:comment w:id="1" w:author="甲">{paragraph("批注")}</w:comment>',
    header1=paragraph("页眉"),
)
WHOLE = packed(PARTS)
NAMES = sorted(PARTS)
TAG = re.compile(r"<[^>]+>|[^<]+")


def survives(data: bytes) -> None:
    try:
        parsed = read_docx(data)
    except ReadError:
        return
    assert isinstance(parsed, Parsed)
    ends = 0
    for block in parsed.blocks:
        assert ends <= block.start < block.end <= len(parsed.text)
        assert block.start + block.label <= block.end
        assert all(block.start <= a <= b <= block.end for a, b in block.cells)
        ends = block.end
    for note in parsed.notes:
        assert note.span is None or 0 <= note.span.start <= note.span.end <= len(parsed.text)
    for place in parsed.places.locate(0, len(parsed.text)):
        assert 0 <= place.start < place.end <= len(parsed.text)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_flipped_bytes_of_the_zip(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in flips:
        data[at] = value
    survives(bytes(data))


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_cut_out_of_the_zip(one: int, other: int) -> None:
    low, high = sorted((one, other))
    survives(WHOLE[:low] + WHOLE[high:])


@given(st.sampled_from(NAMES), st.data())
def test_flipped_characters_of_a_part(name: str, data: st.DataObject) -> None:
    text = str(PARTS[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.sampled_from('<>/"=w:aA01-9& 中')) + text[at + 1 :]
    survives(packed({**PARTS, name: text}))


def shuffled(text: str, seed: int, swaps: int) -> str:
    """Swap or repeat whole tags and texts, mostly of the same name so that it parses."""
    dice = random.Random(seed)
    pieces = TAG.findall(text)
    for _ in range(swaps):
        one, other = dice.randrange(len(pieces)), dice.randrange(len(pieces))
        name = re.match(r"</?[\w:]*", pieces[one])
        mate = re.match(r"</?[\w:]*", pieces[other])
        if dice.random() < 0.2 or (name and mate and name[0] == mate[0]):
            pieces[one], pieces[other] = pieces[other], pieces[one]
    return "".join(pieces)


@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 10))
def test_shuffled_tags_of_a_part(name: str, seed: int, swaps: int) -> None:
    survives(packed({**PARTS, name: shuffled(str(PARTS[name]), seed, swaps)}))


ELEMENTS = (
    *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "del", "ins", "moveFrom", "pPr"),
    *("rPr", "ruby", "rubyBase", "hyperlink", "fldSimple", "br", "tab", "sym", "numPr", "pict"),
    *("footnoteReference", "commentRangeStart", "commentRangeEnd", "txbxContent", "vanish"),
)
FIXED = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>',
    "<w:instrText>TOC</w:instrText>",
    '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>',
    "<w:t>字</w:t>",
    '<w:pStyle w:val="Secret"/>',
    "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>",
)
trees = st.recursive(
    st.sampled_from(FIXED),
    lambda inner: st.builds(
        lambda name, children: f"<w:{name}>{''.join(children)}</w:{name}>",
        st.sampled_from(ELEMENTS),
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)


@given(st.lists(trees, min_size=1, max_size=4))
def test_elements_where_they_do_not_belong(bodies: list[str]) -> None:
    survives(packed(docx_parts("".join(bodies), numbering=DECIMAL, styles=STYLES)))


@given(st.sampled_from(CASES), st.data())
def test_numbering_with_odd_values(case: dict[str, str], data: st.DataObject) -> None:
    odd = st.sampled_from(["-1", "0", "9", "99999999999999999999", "x", "", "%", "一", "1.5"])
    changed = {
        **case,
        "numbering": re.sub(
            r'(?<=w:val=")[^"]*(?=")|(?<=w:ilvl=")[^"]*(?=")',
            lambda match: data.draw(odd) if data.draw(st.booleans()) else match[0],
            case["numbering"],
        ),
    }
    survives(case_file(changed))
