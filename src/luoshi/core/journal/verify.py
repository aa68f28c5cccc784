"""The verifier: reads a journal from the beginning and says in Chinese what does not agree.

It needs no database and no network: an export and a checkpoint that was lodged outside are
enough. Memory does not grow with the journal: the tree is kept as its frontier.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.core.journal.canonical import canonical, commitment
from luoshi.core.journal.checkpoint import Checkpoint
from luoshi.core.journal.entry import VERSION, RowChange, rows_hash
from luoshi.core.journal.merkle import Frontier, leaf_hash

MOST_TROUBLES = 200
_KEYS = frozenset(
    {"v", "number", "time", "office", "verb", "subject", "actor", "facts", "rows"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """One entry as it is stored.

    ``data`` are the canonical bytes, ``leaf`` the stored hash; ``columns`` are what was stored
    beside them for searching; ``salt`` and ``facts`` open the commitment (both None: erased);
    ``rows`` are the rows it changed.
    """

    number: int
    data: bytes
    leaf: bytes
    columns: dict[str, str]
    salt: bytes | None
    facts: str | None
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that does not agree: where (None: the journal as a whole), and in Chinese what."""

    number: int | None
    words: str


@dataclass(slots=True)
class Verdict:
    """What the verifier found.

    ``size`` and ``root`` are of the entries that were read; ``good_to`` is the number of
    entries before the first trouble; ``erased`` counts openings that were erased on purpose;
    ``matched`` are the checkpoints that agree.
    """

    size: int = 0
    root: bytes = b""
    good_to: int = 0
    erased: int = 0
    matched: list[Checkpoint] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    more: int = 0

    @property
    def is_good(self) -> bool:
        """Tell whether everything agrees."""
        return not self.troubles

    def add(self, number: int | None, words: str) -> None:
        """Note a trouble; beyond the first two hundred they are only counted."""
        if len(self.troubles) < MOST_TROUBLES:
            self.troubles.append(Trouble(number, words))
        else:
            self.more += 1


def verify(entries: Iterable[Held], checkpoints: Sequence[Checkpoint] = ()) -> Verdict:
    """Verify a journal, read in the order of its numbers, against checkpoints.

    The checkpoints' signatures have been verified by the caller (`checkpoint.verify`).
    """
    verdict = Verdict()
    frontier = Frontier.of(())
    wanted: dict[int, list[Checkpoint]] = {}
    for note in checkpoints:
        wanted.setdefault(note.size, []).append(note)
    last_time = ""
    _compare(verdict, wanted, frontier)
    for held in entries:
        expected = frontier.size
        if held.number > expected:
            verdict.add(held.number, f"第{expected}条到第{held.number - 1}条留痕不见了。")
        elif held.number < expected:
            verdict.add(held.number, "这一条的编号重复或次序颠倒。")
        last_time = _entry(verdict, held, last_time)
        frontier = frontier.add(leaf_hash(held.data))
        _compare(verdict, wanted, frontier)
        if verdict.is_good:
            verdict.good_to = frontier.size
    for size in sorted(size for size in wanted if size > frontier.size):
        verdict.add(
            None,
            f"报存的校验点有{size}条留痕，现在只有{frontier.size}条："
            "末尾被删去，或者恢复了较旧的备份。",
        )
    verdict.size, verdict.root = frontier.size, frontier.root()
    return verdict


def _compare(verdict: Verdict, wanted: dict[int, list[Checkpoint]], tree: Frontier) -> None:
    for note in wanted.get(tree.size, ()):
        if note.root == tree.root():
            verdict.matched.append(note)
        else:
            verdict.add(
                None,
                f"前{tree.size}条留痕与{note.time or '报存'}的校验点不符：其中有被修改、增加或删去的。",
            )


def _entry(verdict: Verdict, held: Held, last_time: str) -> str:
    """Check one entry by itself; returns its time."""
    number = held.number
    if leaf_hash(held.data) != held.leaf:
        verdict.add(number, "内容与它的校验值不符，被修改过。")
    entry = _parsed(held.data)
    if entry is None:
        verdict.add(number, "内容不是留痕应有的样子。")
        return last_time
    if entry["number"] != number:
        verdict.add(number, f"内容里的编号是{entry['number']}，位置被移动过。")
    for name, stored in held.columns.items():
        if entry[name] != stored:
            verdict.add(number, "检索用的信息与内容不符，被修改过。")
            break
    if entry["time"] < last_time:
        verdict.add(number, "时间早于前一条。")
    _opening(verdict, held, entry)
    if rows_hash(held.rows) != entry["rows"]:
        verdict.add(number, "所改动的记录清单与内容不符，被修改过。")
    time: str = entry["time"]
    return max(last_time, time)


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Return the entry in the bytes, or None unless they are its one canonical form."""
    try:
        entry = json.loads(data)
        fits = isinstance(entry, dict) and entry.keys() == _KEYS and canonical(entry) == data
    except (ValueError, TypeError, RecursionError):
        return None
    texts = _KEYS - {"v", "number"}
    if not fits or entry["v"] != VERSION or type(entry["number"]) is not int:
        return None
    return entry if all(isinstance(entry[name], str) for name in texts) else None


def _opening(verdict: Verdict, held: Held, entry: dict[str, Any]) -> None:
    if held.salt is None and held.facts is None:
        verdict.erased += 1
        return
    try:
        fits = (
            held.salt is not None
            and held.facts is not None
            and commitment(held.salt, json.loads(held.facts)) == entry["facts"]
        )
    except (ValueError, TypeError, RecursionError):
        fits = False
    if not fits:
        verdict.add(held.number, "所记的事实与当时的记录不符，被修改过。")
