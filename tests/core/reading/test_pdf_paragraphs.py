"""Lines → paragraphs as pure functions: texts are set like a word processor sets them."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading.pdf.characters import (
    CLOSERS,
    OPENERS,
    ends_sentence,
    glue,
    is_wide,
    mark_length,
    plain,
)
from luoshi.core.reading.pdf.compose import compose
from luoshi.core.reading.pdf.layout import lay_out
from luoshi.core.reading.pdf.margins import measure
from luoshi.core.reading.pdf.paragraphs import join
from luoshi.core.reading.pdf.shapes import Glyph, Line, PageContent

HEIGHT, WIDTH, LEFT = 842.0, 595.0, 90.0


@dataclass(frozen=True)
class Style:
    """How ``typeset`` sets a text; lengths in ems of ``size``."""

    size: float = 16.0
    measure: int = 26
    indent: float = 2.0
    pitch: float = 1.75
    space: float = 0.0
    justified: bool = True
    per_page: int = 22
    mirror: float = 0.0


def advance(char):
    return 1.0 if is_wide(char) else 0.5


def may_stretch(char, after):
    return is_wide(char) or is_wide(after)


def tokens(text):
    """Yield the pieces of ``text`` that may not be parted at a line end."""
    index = 0
    while index < len(text):
        start = index
        while index < len(text) - 1 and text[index] in OPENERS:
            index += 1
        index += 1
        while index < len(text) and not is_wide(text[index - 1]) and not is_wide(text[index]):
            index += 1
        while index < len(text) and text[index] in CLOSERS:
            index += 1
        yield text[start:index]


def broken(text, style):
    """Return the lines of one paragraph."""
    lines, line, room = [], "", style.measure - style.indent
    for token in tokens(text):
        width = sum(map(advance, token))
        if line and width > room:
            lines.append(line)
            line, room = "", style.measure
        line += token
        room -= width
    return [*lines, line]


def typeset(paragraphs, style):
    """Return the paragraphs as drawn glyphs, page by page."""
    pages, row, height = [[]], 0, HEIGHT - 120
    for text in paragraphs:
        lines = broken(text, style)
        for index, line in enumerate(lines):
            if row == style.per_page:
                pages.append([])
                row, height = 0, HEIGHT - 120
            x = LEFT + (style.mirror if len(pages) % 2 else 0)
            x += style.size * style.indent * (index == 0)
            free = style.measure - style.indent * (index == 0) - sum(map(advance, line))
            stretch = style.justified and index < len(lines) - 1
            places = sum(may_stretch(*pair) for pair in pairwise(line))
            gap = style.size * free / places if stretch and places else 0
            for char, after in zip(line, line[1:] + line[-1], strict=True):
                right = x + advance(char) * style.size
                box = (x, height - 2, right, height + style.size - 2)
                pages[-1].append(Glyph(char, x, right, height, style.size, box))
                x = right + gap * may_stretch(char, after)
            height -= style.pitch * style.size
            row += 1
        height -= style.space * style.size
    return [
        PageContent(number, width=WIDTH, height=HEIGHT, glyphs=glyphs)
        for number, glyphs in enumerate(pages, 1)
    ]


def read(contents):
    layouts = [lay_out(content) for content in contents]
    items = [item for layout in layouts for item in layout.items]
    return compose(join(items, measure(layouts)))


WORDS = st.sampled_from(
    [
        *"街道的问题要逐条改，、。",
        *("2021年", "3.5个", "12次", "（试行）", "《办法》", "office办", "“清单”", "一是"),
    ]
)
BODIES = (
    st.lists(WORDS, min_size=1, max_size=90)
    .map("".join)
    .filter(lambda text: text[0] not in CLOSERS | OPENERS)
    # A sentence that fills its line and a mark that opens the next one look like two
    # paragraphs, and mostly are.
    .filter(lambda text: "。一是" not in text and "）一是" not in text)
)
PARAGRAPHS = st.builds(
    lambda mark, words: mark + "查" + words + "。",
    st.sampled_from(["", "", "一、", "（二）", "3.", "（4）", "一是", "第五，"]),
    BODIES,
)
# A document has at least one paragraph of several lines; without it nothing shows where
# the margins are.
ANCHOR = "本街道对照去年检查中发现的问题逐项整改，" * 6 + "报告如下。"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PARAGRAPHS, min_size=1, max_size=12),
    st.builds(
        Style,
        size=st.sampled_from([10.5, 12.0, 16.0]),
        measure=st.integers(20, 26),
        pitch=st.sampled_from([1.3, 1.75, 2.0]),
        justified=st.booleans(),
        per_page=st.integers(5, 22),
    ),
)
def test_indented_paragraphs_come_back_whole_over_any_page_break(paragraphs, style):
    source = [ANCHOR, *paragraphs, ANCHOR, ANCHOR]
    assert read(typeset(source, style)).text.split("\n") == source


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPHS, max_size=12), st.booleans(), st.sampled_from([-20.0, 20.0]))
def test_mirrored_margins(paragraphs, justified, mirror):
    source = [ANCHOR, *paragraphs, *[ANCHOR] * 6]
    style = Style(justified=justified, mirror=mirror, per_page=9)
    assert read(typeset(source, style)).text.split("\n") == source


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PARAGRAPHS, min_size=1, max_size=5),
    st.builds(
        Style,
        size=st.sampled_from([10.5, 12.0]),
        indent=st.just(0.0),
        measure=st.integers(20, 34),
        space=st.sampled_from([0.8, 1.0]),
        justified=st.booleans(),
        per_page=st.just(500),
    ),
)
def test_paragraphs_parted_by_space_come_back_whole(paragraphs, style):
    source = [ANCHOR, *paragraphs]
    assert read(typeset(source, style)).text.split("\n") == source


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PARAGRAPHS, min_size=1, max_size=12),
    st.builds(
        Style,
        indent=st.sampled_from([0.0, 2.0]),
        space=st.sampled_from([0.0, 1.0]),
        measure=st.integers(8, 26),
        justified=st.booleans(),
        per_page=st.integers(1, 22),
    ),
)
def test_whatever_the_setting_no_character_is_lost_or_moved(paragraphs, style):
    parsed = read(typeset(paragraphs, style))
    assert "".join(parsed.text.split()) == "".join("".join(paragraphs).split())
    inside = [parsed.text[place.start : place.end] for place in parsed.places.places]
    assert "".join(inside) == parsed.text.replace("\n", "").replace(" ", "")
    assert "".join(parsed.text[b.start : b.end] for b in parsed.blocks) == parsed.text.replace(
        "\n", ""
    )


def line(text, x, y, size=16.0, page=1):
    """Return a line as the layout step hands it on."""
    glyphs = []
    for char in text:
        right = x + advance(char) * size
        glyphs.append(Glyph(char, x, right, y, size, (x, y - 2, right, y + size - 2)))
        x = right
    (item,) = lay_out(PageContent(page, width=WIDTH, height=HEIGHT, glyphs=glyphs)).items
    assert isinstance(item, Line)
    return glyphs


def page_of(*lines):
    """Return the text of one page on which ``lines`` (text, x, y, size) stand."""
    glyphs = [glyph for each in lines for glyph in line(*each)]
    return read([PageContent(1, width=WIDTH, height=HEIGHT, glyphs=glyphs)]).text.split("\n")


FULL = "本人对照检查中发现的问题逐条整改落实到人头上"  # 22 characters


def test_a_wrapped_line_that_begins_with_a_number_is_no_item():
    assert page_of(
        (FULL + "增长了", 122, 700),
        ("3.5个百分点，" + FULL[:18] + "于", 90, 672),
        ("2021年底完成，" + FULL[:19], 90, 644),
        ("。", 90, 616),
    ) == [f"{FULL}增长了3.5个百分点，{FULL[:18]}于2021年底完成，{FULL[:19]}。"]


def test_items_with_a_hanging_indent():
    assert page_of(
        ("1." + FULL + "的", 90, 700),
        (FULL[:20], 106, 672),
        ("2." + FULL + "的", 90, 644),
        (FULL + "的", 106, 616),
        (FULL[:5], 106, 588),
    ) == ["1." + FULL + "的" + FULL[:20], "2." + FULL + "的" + FULL + "的" + FULL[:5]]


def test_headings_at_the_margin_begin_paragraphs():
    assert page_of(
        (FULL + "逐条", 122, 700),
        (FULL + "一核对完。", 90, 672),
        ("二、存在的主要问题以及产生的原因", 90, 644),
        (FULL + "逐条", 122, 616),
        ("改正。", 90, 588),
    ) == [
        FULL + "逐条" + FULL + "一核对完。",
        "二、存在的主要问题以及产生的原因",
        FULL + "逐条改正。",
    ]


def test_signature_and_date_stand_alone():
    assert page_of(
        (FULL + "逐条改", 122, 700),
        ("正，特此报告。", 90, 672),
        ("清河街道办事处", 350, 616),
        ("2021年12月20日", 350, 588),
    ) == [FULL + "逐条改正，特此报告。", "清河街道办事处", "2021年12月20日"]


def test_a_title_of_body_size_over_two_lines():
    assert page_of(
        ("关于清河街道对照检查材料中各项问题整改落实情况的工作", 90, 740),
        ("报告", 282, 712),
        (FULL + "逐条", 122, 656),
        (FULL + "逐条整改", 90, 628),
        ("完。", 90, 600),
    ) == [
        "关于清河街道对照检查材料中各项问题整改落实情况的工作报告",
        FULL + "逐条" + FULL + "逐条整改完。",
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("整改", "落实", "整改落实"),
        ("street", "office", "street office"),
        ("整改", "office", "整改office"),
        ("man-", "agement", "management"),
        ("man\u00ad", "agement", "management"),
        ("well-", "Known", "well-Known"),
        ("2020-", "2021", "2020-2021"),
        ("20", "21年", "2021年"),
        ("a/", "b", "a/b"),
        ("，", "office", "，office"),
    ],
)
def test_glue(before, after, joined):
    cut, between = glue(before, after)
    assert before[: len(before) - cut] + between + after == joined


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("一、存在的问题", 2),
        ("（一）理论学习", 3),
        ("(2)学习", 3),
        ("1.学习不够", 2),
        ("12、学习", 3),
        ("①学习", 1),
        ("一是学习", 2),
        ("第一，学习", 3),
        ("第三条 学习", 4),
        ("3.5个百分点", 0),
        ("2021年", 0),
        ("一般干部", 0),
        ("（试行）", 0),
        ("12次会议", 0),
    ],
)
def test_numbering_marks(text, length):
    assert mark_length(text) == length


@given(st.characters())
def test_every_character_becomes_at_most_one(char):
    assert len(plain(ord(char))) <= 1


@given(
    st.integers(0x4E00, 0x9FFF)
    | st.integers(0x20, 0x7E)
    | st.sampled_from(list(map(ord, "，。（）“”")))
)
def test_ordinary_characters_stay_as_they_are(code):
    assert plain(code) == chr(code)


def test_sentence_ends_are_seen_through_quotes():
    assert ends_sentence("说到做到。”")
    assert ends_sentence("完成了！")
    assert not ends_sentence("（试行）")
    assert not ends_sentence("逐条改")
