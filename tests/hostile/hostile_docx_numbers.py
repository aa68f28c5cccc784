"""Hostile docx files, continued: automatic numbers and styles that amplify, lie or circle."""

from hostile_build import Corpus, docx, numbered, paragraph, part

corpus = Corpus()
case, add = corpus.case, corpus.add


def level(text="%1.", form="decimal", start=1, number=0):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(levels, number=0):
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def instance(number=1, of=0, more=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def numbering(*content):
    return part("numbering", "".join(content))


def listed(levels, times=50, properties=None):
    """Return a docx with so many paragraphs in one list of these levels."""
    body = paragraph("题", properties or numbered(1)) * times
    return docx(body, numbering=numbering(abstract(levels), instance()))


def style(name, more):
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{more}</w:style>'
    )


FORMS = (
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"),
    *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified"),
    *("ideographDigital", "ideographTraditional", "ideographZodiac", "decimalEnclosedCircle"),
    *("japaneseCounting", "taiwaneseCounting", "koreanCounting", "cardinalText", "hex"),
    *("decimalZero", "bullet", "none", "custom", "decimalFullWidth", "numberInDash", "", "整"),
)
for form in FORMS:
    for start in (0, -1, 2147483647, 10**18, 10**400):
        add(
            f"start-{form or 'empty'}-{len(str(start)):03}-{start % 97}.docx",
            lambda form=form, start=start: listed(level("第%1条", form, start), 5),
            "document",
        )
for index, value in enumerate(
    ("", "x", "1.5", "-9", "９", "99999999999999999999999", " 1 ", "0x1")
):
    add(
        f"numbers-that-are-none-{index}.docx",
        lambda v=value: docx(
            paragraph("题", numbered(v, v)) + paragraph("题", numbered(1, v)),
            numbering=numbering(abstract(level("%1", "decimal", v, v)), instance(), instance(v, v)),
        ),
        "document",
    )
add(
    "label-that-repeats.docx", lambda: listed(level("%1" * 100_000), 5_000), "too_large", "document"
)
add(
    "label-of-a-megabyte.docx",
    lambda: listed(level("题" * 1_000_000), 5_000),
    "too_large",
    "document",
)
add("label-of-letters.docx", lambda: listed(level("%1" * 50, "lowerLetter", 2_000_000_000), 5_000))
add("label-of-missing-levels.docx", lambda: listed(level("%9%8%0%10%x%%")), "document")
add(
    "nine-levels.docx",
    lambda: listed(
        "".join(level("%1.%2.%3.%4.%5.%6.%7.%8.%9", number=n) for n in range(9)),
        20_000,
        numbered(1, 8),
    ),
    "document",
)
add(
    "10000-lists.docx",
    lambda: docx(
        "".join(paragraph("题", numbered(n)) for n in range(1, 10_001)),
        numbering=numbering(
            *(abstract(level(), n) for n in range(1, 10_001)),
            *(instance(n, n) for n in range(1, 10_001)),
        ),
    ),
    "document",
)
add(
    "10000-references-to-nothing.docx",
    lambda: docx(
        "".join(paragraph("题", numbered(n)) for n in range(1, 10_001)), numbering=numbering()
    ),
    "document",
)
add(
    "10000-starts-over.docx",
    lambda: docx(
        "".join(paragraph("题", numbered(n)) for n in range(1, 10_001)),
        numbering=numbering(
            abstract(level()),
            *(
                instance(
                    n,
                    0,
                    f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{n}"/></w:lvlOverride>',
                )
                for n in range(1, 10_001)
            ),
        ),
    ),
    "document",
)
add(
    "lists-in-a-circle.docx",
    lambda: docx(
        paragraph("题", numbered(1)) * 5,
        numbering=numbering(
            abstract('<w:numStyleLink w:val="A"/>', 0),
            abstract('<w:numStyleLink w:val="B"/>', 1),
            instance(1, 0),
            instance(2, 1),
        ),
        styles=part(
            "styles",
            "".join(
                f'<w:style w:type="numbering" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>'
                f'<w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
                for name, number in (("A", 2), ("B", 1))
            ),
        ),
    ),
    "document",
)
add(
    "styles-in-a-circle.docx",
    lambda: docx(
        paragraph("题", '<w:pStyle w:val="A"/>') * 5,
        styles=part(
            "styles",
            style("A", '<w:basedOn w:val="B"/><w:link w:val="B"/>')
            + style("B", '<w:basedOn w:val="C"/>')
            + style("C", '<w:basedOn w:val="A"/>'),
        ),
    ),
    "document",
)
add(
    "style-on-itself.docx",
    lambda: docx(
        paragraph("题", '<w:pStyle w:val="A"/>'),
        styles=part("styles", style("A", '<w:basedOn w:val="A"/>')),
    ),
    "document",
)
add(
    "50000-styles-in-a-chain.docx",
    lambda: docx(
        "".join(paragraph("题", f'<w:pStyle w:val="S{n}"/>') for n in range(49_000, 50_000)),
        styles=part(
            "styles",
            "".join(style(f"S{n}", f'<w:basedOn w:val="S{n - 1}"/>') for n in range(50_000)),
        ),
    ),
    "document",
)
add(
    "outline-levels-that-are-none.docx",
    lambda: docx(
        "".join(
            paragraph("题", f'<w:outlineLvl w:val="{value}"/>')
            for value in ("-1", "x", "", "10", "9" * 400)
        )
    ),
    "document",
)
