"""Changing single parts of a docx package and leaving the bytes of all others alone."""

from __future__ import annotations

import copy
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")
_UTF8_NAMED = re.compile(rb"encoding=[\"']utf-8[\"']", re.IGNORECASE)
# MS-DOS cannot count from before 1980; the same time for everybody keeps results equal.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def parsed(data: bytes) -> etree._Element:
    """Return the root of a part, with everything in it kept (blanks, comments, prefixes).

    The part must have been read by the docx reader before, which refuses what is unsafe.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    return etree.fromstring(data, parser)


def serialised(root: etree._Element, before: bytes = b"") -> bytes:
    """Return a part as bytes, with the XML declaration that it had ``before`` where it fits."""
    from lxml import etree

    declaration = _DECLARATION.match(before)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    if declaration is not None and _UTF8_NAMED.search(declaration[0]):
        head = declaration[0]
    return head + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def rewritten(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return the zip ``data`` with ``parts`` put in the place of theirs, or added at its end.

    All other entries are copied as they stand, compressed bytes and order included. Names
    are the zip's own spelling. Raises ``zipfile.BadZipFile`` when ``data`` is no zip.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        stops = sorted({*(entry.header_offset for entry in source.infolist()), source.start_dir})
        waiting = dict(parts)
        for entry in source.infolist():
            if entry.filename in parts:
                content = waiting.pop(entry.filename, None)
                if content is not None:
                    target.writestr(_anew(entry), content)
                continue
            stop = next(at for at in stops if at > entry.header_offset)
            _copy(target, entry, data[entry.header_offset : stop])
        for name, content in waiting.items():
            target.writestr(_anew(zipfile.ZipInfo(name, _EPOCH)), content)
        target.comment = source.comment
    return buffer.getvalue()


def _anew(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return an entry like this one, to be compressed again."""
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = entry.external_attr
    made.create_system = entry.create_system
    return made


def _copy(target: zipfile.ZipFile, entry: zipfile.ZipInfo, raw: bytes) -> None:
    """Append an entry's bytes; zipfile itself has no way to copy without unpacking."""
    stream = target.fp
    if stream is None:
        raise ValueError("the zip is closed")
    copied = copy.copy(entry)
    stream.seek(target.start_dir)
    copied.header_offset = stream.tell()
    stream.write(raw)
    target.filelist.append(copied)
    target.NameToInfo[copied.filename] = copied
    target.start_dir = stream.tell()
