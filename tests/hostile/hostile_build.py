"""Building blocks of hostile files: packages, old Word containers and pdf files by hand."""

import hashlib
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = R + "/"
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ANY = frozenset({"any"})


@dataclass
class Corpus:
    """Cases by file name: how to build one, and how its reading may end.

    An ending is ``document`` or a code of ReadError; ``any`` leaves it open.
    """

    cases: dict = field(default_factory=dict)

    def case(self, name, *endings):
        """Register the decorated function, which returns what :meth:`add` says."""

        def register(build):
            self.add(name, build, *endings)
            return build

        return register

    def add(self, name, build, *endings):
        """Register a function that returns the content, a text being meant in UTF-8."""
        assert name not in self.cases, name

        def content():
            built = build()
            return built.encode() if isinstance(built, str) else built

        self.cases[name] = (content, frozenset(endings) or ANY)


def part(root, content):
    return f"{HEAD}<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def document(body):
    return part("document", f"<w:body>{body}</w:body>")


def paragraph(text, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(text)}</w:p>"


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def numbered(num, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def relationships(*targets):
    """Return a relationships part for (id, kind, target, mode) tuples."""
    rows = "".join(
        f'<Relationship Id="{name}" Type="{KINDS}{kind}" Target="{target}" TargetMode="{mode}"/>'
        for name, kind, target, mode in targets
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def content_types(main="wordprocessingml.document"):
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )


_KIND_OF_PART = {
    "numbering.xml": "numbering",
    "styles.xml": "styles",
    "footnotes.xml": "footnotes",
    "comments.xml": "comments",
    "header1.xml": "header",
}


def docx(body="", parts=None, **named):
    """Return a docx; ``named`` parts (``numbering=...``) go beside the document and are linked.

    ``parts`` replaces or adds entries by their full names; None leaves one out.
    """
    links, entries = [], {}
    for name, kind in _KIND_OF_PART.items():
        content = named.get(name.partition(".")[0])
        if content is not None:
            links.append((f"rId{len(links) + 1}", kind, name, "Internal"))
            entries[f"word/{name}"] = content
    entries = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml", "Internal")),
        "word/_rels/document.xml.rels": relationships(*links),
        "word/document.xml": document(body),
        **entries,
        **(parts or {}),
    }
    return zipped({name: content for name, content in entries.items() if content is not None})


def zipped(entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in entries.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def repeated_stream(block, times):
    """Return raw deflate data of ``block`` repeated, and its checksum, without the long work."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = compressor.compress(block) + compressor.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(block, checksum)
    return piece * times + compressor.flush(), checksum


def raw_zip(entries):
    """Return a zip of (name, raw data, checksum, claimed size) entries.

    An entry without data shares the local record of the one before it.
    """
    body, directory, offset, size = b"", b"", 0, 0
    for name, data, checksum, claimed in entries:
        encoded = name.encode()
        if data is not None:
            offset, size = len(body), len(data)
            sizes = struct.pack("<LLL", checksum, size, claimed)
            head = struct.pack("<4s5H", b"PK\3\4", 20, 0, 8, 0, 33) + sizes
            body += head + struct.pack("<HH", len(encoded), 0) + encoded + data
        directory += struct.pack("<4s6H3L", b"PK\1\2", 20, 20, 0, 8, 0, 33, checksum, size, claimed)
        directory += struct.pack("<5HLL", len(encoded), 0, 0, 0, 0, 0, offset) + encoded
    count = len(entries) & 0xFFFF
    return (
        body
        + directory
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    )


def ole(*streams):
    """Return a compound file (version 3) with streams of 4,096 zero bytes by these names."""
    free, end, fat_mark, sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 512
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) // 4)
    table = [fat_mark, *range(2, 1 + directory_sectors), end]
    entries, first = b"", 1 + directory_sectors
    for number in range(directory_sectors * 4):
        name = names[number] if number < len(names) else ""
        encoded = name.encode("utf-16-le")
        kind = 0 if not name else 5 if number == 0 else 2
        sibling = number + 1 if 0 < number < len(names) - 1 else free
        child = 1 if number == 0 and len(names) > 1 else free
        start, size = (first, 4096) if kind == 2 else (end if kind == 5 else 0, 0)
        entries += encoded.ljust(64, b"\0") + struct.pack(
            "<HBBLLL16sLQQLQ",
            *(len(encoded) + 2 if name else 0, kind, 1, free, sibling, child),
            *(b"", 0, 0, 0, start, size),
        )
        if kind == 2:
            table += [*range(first + 1, first + 8), end]
            first += 8
    header = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLL",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
        *(0, 1, 1, 0, 4096, end, 0, end, 0),
    )
    header += struct.pack("<109L", 0, *[free] * 108)
    table += [free] * (sector // 4 - len(table))
    return header + struct.pack("<128L", *table) + entries + bytes(4096 * len(streams))


def pdf(objects, root=1, trailer=""):
    """Return a pdf of numbered objects: strings, or (dictionary, stream data) pairs."""
    stream, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(stream))
        if isinstance(content, tuple):
            entries, data = content
            stream += f"{number} 0 obj\n<<{entries} /Length {len(data)}>>\nstream\n".encode()
            stream += data + b"\nendstream\nendobj\n"
        else:
            stream += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(stream)
    stream += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    stream += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    stream += f"trailer\n<</Size {len(objects) + 1} /Root {root} 0 R {trailer}>>\n".encode()
    return bytes(stream) + f"startxref\n{start}\n%%EOF\n".encode()


def one_page(content, resources="/Font <</F1 5 0 R>>", more=()):
    """Return the objects of a pdf of one page; the extra ones are numbered from 6."""
    return [
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        f" /Resources <<{resources}>>>>",
        ("", content),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        *more,
    ]


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key, data):
    """Encrypt with RC4, as the pdf standard's revision 2 asks."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    result, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)


def encrypted_pdf(user, text=b"BT /F1 12 Tf 72 700 Td (Rectification report) Tj ET"):
    """Return a pdf of one page under 40 bit encryption with a password for opening it."""
    identity, rights = b"0123456789abcdef", -4

    def padded(word):
        return (word + _PAD)[:32]

    owner = rc4(hashlib.md5(padded(b"owner")).digest()[:5], padded(user))
    seed = padded(user) + owner + struct.pack("<l", rights) + identity
    key = hashlib.md5(seed).digest()[:5]
    of_page = hashlib.md5(key + struct.pack("<L", 4)[:3] + bytes(2)).digest()[:10]
    objects = one_page(rc4(of_page, text))
    objects.append(
        f"<</Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{rc4(key, _PAD).hex()}>"
        f" /P {rights}>>"
    )
    return pdf(objects, trailer=f"/Encrypt 6 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")
