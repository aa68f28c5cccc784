"""The zip container of a docx file, opened under limits.

Nothing here trusts what the file says about itself: declared sizes are checked before a
part is unpacked and the real size while it is, document type declarations are refused,
and lxml runs without network, DTD, entities or its "huge tree" switch.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from luoshi.core.reading.docx.names import STRICT_SPELLINGS
from luoshi.core.reading.model import Limits, ReadError

SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
_ENTRY_MARK = b"PK\x01\x02"
_STORED_OR_DEFLATED = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
# Office files reach some 50:1; the floor keeps small, very regular parts out of it.
_RATIO = 200
_RATIO_FLOOR = 8 * 1024 * 1024
# A parsed element takes some 120 bytes, an attribute twice that: at most half a gigabyte.
_LARGE_PART = 4 * 1024 * 1024
_NODES = 4_000_000
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    KeyError,
    IndexError,
)
_TABLE_STYLE = b'w:type="table"'
_STYLE_END = b"</w:style>"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"


def damaged(what: str) -> ReadError:
    """Return the error for a file that is broken; ``what`` says in Chinese what is."""
    return ReadError("damaged", f"文件已损坏：{what}。{SAVE_AGAIN}")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: the last word of its type and the part it names."""

    kind: str
    target: str


class Package:
    """The parts of one docx file. Every method raises only :class:`ReadError`."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        self._parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        _check_size(data, limits)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _ZIP_FAULTS:
            raise damaged("内容不完整，可能没有下载完") from None
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise _bomb()
        self._entries = {entry.filename: entry for entry in entries}
        self._folded = {name.replace("\\", "/").casefold(): name for name in self._entries}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries as the zip spells them."""
        return tuple(self._entries)

    def find(self, name: str) -> str | None:
        """Return the zip's own spelling of a part name (these ignore case), or None."""
        if name in self._entries:
            return name
        return self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """Unpack one entry. Raises ``encrypted``, ``bomb`` or ``damaged``."""
        entry = self._entries[name]
        if entry.flag_bits & 0x1:
            raise ReadError(
                "encrypted", "文件设有密码，无法读取。请先用 Word 或 WPS 打开，取消密码后另存再试。"
            )
        if entry.compress_type not in _STORED_OR_DEFLATED:
            raise damaged("使用了不常见的压缩方式")
        room = min(self._limits.part_bytes, self._limits.unpacked_bytes - self._unpacked)
        if entry.file_size > room or _too_dense(entry.file_size, entry.compress_size):
            raise _bomb()
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(room + 1)
        except (*_ZIP_FAULTS, RuntimeError):
            raise damaged("其中有一部分打不开") from None
        self._unpacked += len(data)
        if len(data) > room or _too_dense(len(data), entry.compress_size):
            raise _bomb()
        return data

    def xml(self, name: str) -> etree._Element:
        """Parse one part; strict namespaces come out as the transitional ones.

        Raises ``damaged`` for broken XML and for any document type declaration, and
        ``too_deep`` for elements nested beyond what the parser allows.
        """
        return _transitional(self.read(name), self._parser)

    def styles(self, name: str) -> etree._Element:
        """Parse the styles part without its table styles.

        Templates carry hundreds of kilobytes of them, they say nothing about text, and
        parsing them would take longer than all the rest of the file.
        """
        data = self.read(name)
        try:
            return _transitional(_without_table_styles(data), self._parser)
        except ReadError:
            return _transitional(data, self._parser)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the internal relationships of a part by id ("" is the package)."""
        folder, _, base = part.rpartition("/")
        name = self.find(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, Relation] = {}
        if name is None:
            return found
        for element in self.xml(name).iter(_RELATIONSHIP):
            if element.get("TargetMode") == "External":
                continue
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = self.find(_join(folder, element.get("Target") or ""))
            if target is not None:
                found[element.get("Id") or ""] = Relation(kind, target)
        return found

    def main_part(self) -> str:
        """Return the name of the document part.

        Found through the package relationship, else the list of content types, else
        the usual name. Raises ``unknown_type`` when this is another kind of file and
        ``damaged`` when the part is missing.
        """
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                _refuse_other_office(relation.target)
                return relation.target
        _refuse_other_kinds(self)
        types = self.find("[Content_Types].xml")
        if types is not None:
            for element in self.xml(types).iter(_OVERRIDE):
                if "wordprocessingml.document.main" in (element.get("ContentType") or ""):
                    target = self.find(_join("", element.get("PartName") or ""))
                    if target is not None:
                        return target
        usual = self.find("word/document.xml")
        if usual is not None:
            return usual
        raise damaged("缺少正文部分")


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise ReadError("empty", "文件是空的，请检查是否选错了文件。")
    if len(data) > limits.file_bytes:
        size = limits.file_bytes // (1024 * 1024)
        raise ReadError("too_large", f"文件超过 {size} MB，请压缩或删除其中的图片后再试。")
    # Counted before zipfile builds an object for each entry.
    if data.count(_ENTRY_MARK) > limits.zip_entries:
        raise _bomb()


def _bomb() -> ReadError:
    return ReadError("bomb", f"文件解开后异常庞大，为安全起见没有读取。如果来源可靠，{SAVE_AGAIN}")


def _too_dense(size: int, packed: int) -> bool:
    return size > _RATIO_FLOOR and size > _RATIO * packed


def _transitional(data: bytes, parser: etree.XMLParser) -> etree._Element:
    root = _parse(data, parser)
    if "purl.oclc.org/ooxml/" in str(root.tag):
        for strict, transitional in STRICT_SPELLINGS:
            data = data.replace(strict, transitional)
        root = _parse(data, parser)
    return root


def _parse(data: bytes, parser: etree.XMLParser) -> etree._Element:
    if len(data) > _LARGE_PART and data.count(b"<") + 2 * data.count(b"=") > _NODES:
        raise _bomb()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        if "depth" in str(fault).lower():
            raise too_deep() from None
        raise damaged("其中有一部分内容残缺") from None
    except (ValueError, LookupError):
        raise damaged("其中有一部分文字无法辨认") from None
    if root is None:
        raise damaged("其中有一部分是空的")
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged("里面夹带了不允许的外部引用")
    return root


def _without_table_styles(data: bytes) -> bytes:
    kept: list[bytes] = []
    done = 0
    at = data.find(_TABLE_STYLE)
    while at >= 0:
        start = data.rfind(b"<w:style ", done, at)
        head = data.find(b">", at)
        empty = data[head - 1 : head] == b"/"
        end = head + 1 if empty else data.find(_STYLE_END, at) + len(_STYLE_END)
        if start < 0 or end <= at:
            break
        kept.append(data[done:start])
        done = end
        at = data.find(_TABLE_STYLE, done)
    return b"".join((*kept, data[done:]))


def too_long() -> ReadError:
    """Return the error for more characters than the limits allow."""
    return ReadError("too_large", "文件的文字太多，无法读取。请拆分成几个文件再试。")


def too_deep() -> ReadError:
    """Return the error for elements nested deeper than any real document."""
    return ReadError(
        "too_deep",
        "文件里的表格或控件嵌套层数太多，无法读取。请减少嵌套，或把内容复制到新建的文档再试。",
    )


def _join(folder: str, target: str) -> str:
    path = target.replace("\\", "/")
    pieces = [] if path.startswith("/") else [piece for piece in folder.split("/") if piece]
    for piece in path.split("/"):
        if piece == "..":
            del pieces[-1:]
        elif piece not in ("", "."):
            pieces.append(piece)
    return "/".join(pieces)


def _refuse_other_office(target: str) -> None:
    folder = target.partition("/")[0].casefold()
    kinds = {"xl": "Excel 表格（.xlsx）", "ppt": "演示文稿（.pptx）", "visio": "Visio 图纸"}
    if folder in kinds:
        raise _unknown(kinds[folder])


def _refuse_other_kinds(package: Package) -> None:
    names = {name.casefold() for name in package.names}
    for name in names:
        _refuse_other_office(name if "/" in name else "")
    if "ofd.xml" in names:
        raise _unknown("版式文件（.ofd）")
    if "mimetype" in names and "content.xml" in names:
        raise _unknown("OpenDocument 文件（.odt、.ods 等）")
    if "[content_types].xml" not in names and not any(n.startswith("word/") for n in names):
        raise _unknown("普通压缩包（.zip）")


def _unknown(what: str) -> ReadError:
    return ReadError(
        "unknown_type",
        f"这是{what}，不是 Word 文档。请打开它，把文字另存为 .docx 或复制到 Word 文档后再试。",
    )
