"""Bytes of a fuzzer → files for the readers, and the run of the coverage-guided fuzzer.

``python tests/soak/fuzz_target.py KIND [options of libFuzzer] [folders of seeds]`` needs atheris
and the folders ``src`` and ``tests/hostile`` on the path. Most kinds do not feed the bytes to the
reader as they are (a zip's checksums would stop nearly all of them): each byte chooses a fragment
of XML or of a page's content, so that what is tried is our walker and not zlib.
"""

import importlib
import sys

from fuzz_fragments import BODY, LISTS, PAGE, STYLES, WORDS
from hostile_build import docx, one_page, part, pdf
from lxml import etree

RUN = "<w:r><w:t>题，</w:t></w:r>"


def chosen(fragments, data):
    return "".join(fragments[byte % len(fragments)] for byte in data)


def as_body(data):
    """Every third file or so is made well-formed, lest most stop in the parser."""
    root = part("document", f"<w:body>{chosen(BODY, data)}</w:body>")
    tree = etree.fromstring(root.encode(), etree.XMLParser(recover=True))
    return _with_lists({"word/document.xml": root if data[:1] < b"\x20" else etree.tostring(tree)})


def _with_lists(parts):
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    notes = f'<w:footnote w:id="2"><w:p>{RUN}</w:p></w:footnote>'
    comments = f'<w:comment w:id="1" w:author="a"><w:p>{RUN}</w:p></w:comment>'
    return docx(
        parts=parts,
        numbering=part("numbering", lists),
        styles=part("styles", "".join(STYLES[index] for index in (0, 9, 5))),
        footnotes=part("footnotes", notes),
        comments=part("comments", comments),
    )


def repaired(root, content):
    tree = etree.fromstring(part(root, content).encode(), etree.XMLParser(recover=True))
    return etree.tostring(tree).decode() if tree is not None else part(root, "")


def as_lists(data):
    half = len(data) // 2
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="{n % 9}"/>'
        f'<w:numId w:val="{n % 3}"/></w:numPr></w:pPr>{RUN}</w:p><w:p><w:pPr>'
        f'<w:pStyle w:val="B"/></w:pPr>{RUN}</w:p>'
        for n in range(12)
    )
    return docx(
        body,
        numbering=repaired("numbering", chosen(LISTS, data[:half])),
        styles=repaired("styles", chosen(STYLES, data[half:])),
    )


BUILDERS = {
    "bytes": bytes,
    "zip": lambda data: b"PK\3\4" + data,
    "words": lambda data: chosen(WORDS, data).encode(),
    "body": as_body,
    "lists": as_lists,
    "page": lambda data: pdf(one_page(chosen(PAGE, data).encode())),
    "pdf": lambda data: b"%PDF-1.7\n" + data,
}


def try_out(kind, data):
    """Read what the bytes make; anything but a Document in order or a refusal is raised.

    The readers are imported here, after the fuzzer has begun to watch imports.
    """
    importlib.import_module("hostile_tasks").examine(BUILDERS[kind](data))


def main():
    atheris = importlib.import_module("atheris")
    kind = sys.argv.pop(1)
    with atheris.instrument_imports(include=["luoshi"]):
        for name in ("docx", "pdf", "plain"):
            importlib.import_module(f"luoshi.core.reading.{name}")
    atheris.Setup(sys.argv, lambda data: try_out(kind, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
