"""Builds docx packages from XML snippets, as small as Word accepts them."""

from __future__ import annotations

import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def part(root: str, inner: str) -> str:
    """A part with all namespaces declared on its root element."""
    return f"{_HEAD}<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def paragraph(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}</w:p>"


def numbered(text: str, num_id: int, level: int = 0) -> str:
    """A paragraph of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return paragraph(text, numbering)


def table(*rows: list[str]) -> str:
    """A table; a cell is its inner XML."""
    inner = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def packed(files: dict[str, str | bytes]) -> bytes:
    """A zip of the files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx_parts(body: str, **parts: str) -> dict[str, str | bytes]:
    """The files of a docx; ``parts`` are inner XML of styles, numbering, header1, …"""
    files: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{body}</w:body>")
    }
    relations, types = "", ""
    for number, (name, inner) in enumerate(parts.items()):
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        files[f"word/{name}.xml"] = part(root, inner)
        relations += f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_ML}{kind}+xml"/>'
    files["word/_rels/document.xml.rels"] = (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
    )
    files["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_ML}document.main+xml"/>'
        f"{types}</Types>"
    )
    return files


def docx(body: str, **parts: str) -> bytes:
    """A docx file with the body's inner XML and further parts."""
    return packed(docx_parts(body, **parts))


DATE = "2025-01-02T03:04:05Z"
BY = f'w:id="1" w:author="张三" w:date="{DATE}"'
DECIMAL = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def run(text: str, properties: str = "") -> str:
    """A run with its blanks preserved."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """A paragraph of runs."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inner}{''.join(content)}</w:p>"


def deleted(text: str) -> str:
    """A tracked deletion."""
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def field(code: str, result: str) -> str:
    """A complex field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*paragraphs: str) -> str:
    """The inside of a text box."""
    return f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"


NO_BLOCK = "(no block)"
_CASES = Path(__file__).parent / "core" / "reading" / "cases_docx"
CASES: list[dict[str, Any]] = tomllib.loads((_CASES / "numbering.toml").read_text("utf-8"))["case"]


def body_of(how: str) -> str:
    """The paragraph that a case describes as ``how``."""
    if how.startswith("<"):
        return how
    if how == "plain":
        return paragraph("内容")
    if how.startswith("style "):
        return paragraph("内容", f'<w:pStyle w:val="{how[6:]}"/>')
    num_id, level = how.split(".")
    return numbered("内容", int(num_id), int(level))


def case_file(case: dict[str, Any]) -> bytes:
    """The docx file of one numbering case."""
    parts = {"numbering": case["numbering"]}
    if "styles" in case:
        parts["styles"] = case["styles"]
    return docx("".join(body_of(how) for how, _ in case["paragraphs"]), **parts)
