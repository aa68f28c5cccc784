"""From the files of a pack to a pack that was found good, or to all the reasons against it."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from luoshi.core.packs import documents, fields, outlines, workdays
from luoshi.core.packs.model import DOCUMENTS, OUTLINES, WORKDAYS, Pack, PackError
from luoshi.core.packs.signature import signer

LIST, SIGNATURE = "pack.json", "pack.sig"
FORM = 1
FILE = re.compile(r"(workdays|outlines|documents)/([A-Za-z0-9][A-Za-z0-9-]{0,60})\.toml")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
_KEYS = frozenset({"form", "name", "title", "version", "date", "source", "files"})
_OBJECTIONS: dict[str, Callable[[str, Mapping[str, Any]], Iterator[str]]] = {
    WORKDAYS: workdays.objections,
    OUTLINES: outlines.objections,
    DOCUMENTS: documents.objections,
}
_LINE = re.compile(r"line (\d+)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def read(files: Mapping[str, bytes]) -> Pack:
    """Return the pack that files are, by their names in it.

    Raises :class:`PackError` with everything that is wrong.
    """
    listed = _listed(files)
    _agree(listed["files"], files)
    tables = {name.removesuffix(".toml"): parsed(name, files[name]) for name in listed["files"]}
    reasons = [
        words for name, table in sorted(tables.items()) for words in table_trouble(name, table)
    ]
    if reasons:
        raise PackError(reasons)
    return Pack(
        listed["name"], listed["title"], listed["version"], date.fromisoformat(listed["date"]),
        listed["source"], tables, signer(files[LIST], files.get(SIGNATURE)),
        hashlib.sha256(files[LIST]).hexdigest(),
    )  # fmt: skip


def table_trouble(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one table; ``name`` is its kind and its own name."""
    kind, _, own = name.partition("/")
    return _OBJECTIONS[kind](own, table)


def parsed(name: str, data: bytes) -> dict[str, Any]:
    """Return a parsed TOML file; raises :class:`PackError` for one that is none."""
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise PackError([f"“{name}”不是 UTF-8 编码。请在记事本里另存为 UTF-8 后再试"]) from None
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"第{line[1]}行" if line else "结尾"
        again = "，同一项写了两次" if "overwrite" in str(error) else ""
        raise PackError([f"“{name}”{where}写法不对{again}"]) from None
    except (RecursionError, ValueError):
        raise PackError([f"“{name}”写法不对"]) from None


def kind_of(table: Mapping[str, Any]) -> str | None:
    """Return the kind and name under which a table stands in a pack; None for one of no kind."""
    if "off" in table or "on" in table:
        return f"{WORKDAYS}/{table.get('year', '')}"
    if "documents" in table:
        return DOCUMENTS
    return f"{OUTLINES}/{table['id']}" if isinstance(table.get("id"), str) else None


def listing(pack: Pack, files: Mapping[str, bytes]) -> bytes:
    """Return the list of a pack, as it stands in the package."""
    body = {
        "form": FORM, "name": pack.name, "title": pack.title, "version": pack.version,
        "date": pack.dated.isoformat(), "source": pack.source,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"


def between(packs: Sequence[Pack]) -> Iterator[str]:
    """Yield where packs, or a pack and what the program has, contradict each other."""
    owner: dict[str, str] = {}
    for pack in packs:
        for name in pack.tables:
            if name in owner and not name.startswith(f"{DOCUMENTS}/"):
                yield f"“{owner[name]}”和“{pack.name}”两个资料包都有 {name}，请先删去一个"
            owner[name] = pack.name


def _listed(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the list of a pack; raises :class:`PackError` unless it is one."""
    try:
        held = json.loads(files[LIST], object_pairs_hook=_once)
    except KeyError:
        raise PackError(["里面没有清单，不是资料包。请用 luoshi pack make 制作"]) from None
    except (ValueError, RecursionError):
        raise PackError(["清单的写法不对"]) from None
    if not isinstance(held, dict) or held.get("form") != FORM:
        raise PackError(["不是这个版本能用的资料包，请用同一版本的落实重新制作"])
    reasons = [*fields.unknown(held, _KEYS, "清单"), *head_trouble(held)]
    listed = held.get("files")
    if not isinstance(listed, dict) or not listed:
        reasons.append("清单里没有文件")
    elif not all(isinstance(v, str) and _DIGEST.fullmatch(v) for v in listed.values()):
        reasons.append("清单里的校验值不对")
    elif not all(map(FILE.fullmatch, listed)):
        reasons.append("清单里有不应当有的文件名")
    if reasons:
        raise PackError(reasons)
    return held


def head_trouble(held: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with name, title, version, day and source of a pack."""
    if not isinstance(held.get("name"), str) or not NAME.fullmatch(held["name"]):
        yield "资料包的名称应当用小写字母、数字和短横（最多41个字符）"
    for key in ("title", "source"):
        yield from fields.text(held, key, "清单")
    if type(held.get("version")) is not int or not 1 <= held["version"] <= 100_000:
        yield "版本应当是从 1 起的整数"
    try:
        date.fromisoformat(held["date"])
    except (KeyError, TypeError, ValueError):
        yield "清单的 date 应当是日期"


def _agree(listed: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    found = {
        n: hashlib.sha256(d).hexdigest() for n, d in files.items() if n not in {LIST, SIGNATURE}
    }
    if found != dict(listed):
        name = sorted(n for n in {*found, *listed} if found.get(n) != listed.get(n))[0]
        raise PackError([f"与清单不符：{name}。文件不完整或者被改动过，请重新取得"])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)
