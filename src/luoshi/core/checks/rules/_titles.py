"""Titles of documents in full, and the short ones that stand for them."""

from __future__ import annotations

import re
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Severity

TITLE = re.compile(r"《([^《》\n]{2,60})》")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_PARTY, _STATE = "中国共产党", "中华人民共和国"
# A title without its first word is another document when so little is left of it.
_LEAST = 5


def bare(title: str) -> str:
    """Return a title without the note on its version: （试行）, （2023年版）."""
    return _NOTE.sub("", title)


@cache
def full_titles() -> tuple[str, ...]:
    """Return all titles in full."""
    table = knowledge.table("checks/names-in-full")
    return (*(row["full"] for row in table["documents"]), *table["more"])


@cache
def short_titles() -> dict[str, tuple[str, Severity | None]]:
    """Return the full title by short title, and how severe the short one is.

    A few laws (宪法) are called by their short title so usually that it is only noted.
    """
    table = knowledge.table("checks/names-in-full")
    rows, usual = table["documents"], table["usual"]
    found: dict[str, tuple[str, Severity | None]] = {}
    for full in full_titles():
        for prefix in (_PARTY, _STATE):
            short = bare(full).removeprefix(prefix)
            if short != bare(full) and (len(short) >= _LEAST or prefix == _STATE):
                found[short] = (full, "note" if short in usual else None)
                found[f"中共{short}"] = (full, None)
    found |= {short: (row["full"], None) for row in rows for short in row.get("short", ())}
    return {short: told for short, told in found.items() if short not in known_in_full()}


@cache
def known_in_full() -> frozenset[str]:
    """Return the full titles with and without the note on their version."""
    return frozenset((*full_titles(), *map(bare, full_titles())))


@cache
def known() -> frozenset[str]:
    """Return all titles that are right somewhere, short ones too."""
    return known_in_full() | frozenset(short_titles())


@cache
def _by_end() -> dict[str, dict[str, str]]:
    """Return by its last two characters the full titles, and those without their usual beginning."""
    found: dict[str, dict[str, str]] = {}
    for full in dict.fromkeys(map(bare, full_titles())):
        known_as = (full, full.removeprefix(_PARTY).removeprefix(_STATE).removeprefix("关于"))
        found.setdefault(full[-2:], {}).update(dict.fromkeys(known_as, full))
    return found


# A title with so much of the full one is that one cut short, not another of its kind.
_SHARE, _SHORTEST, _BLOCKS = 0.28, 4, 3
# No office issues these itself; 办法 and 规定 it does.
_STATE_KINDS, _OF_ANYBODY = ("条例", "规则", "准则"), 7
# An office has methods of its own under these names.
_OWN = re.compile(
    "(?:费|会议|档案|合同|财务|考勤|培训|印章|采购|考核|资产|值班|车辆|接待|用车|用房|差旅|请假|加班|保密|食堂|公章)[^费]{0,4}(?:办法|规定|规则|细则|制度)$"
)


@cache
def cut_short(title: str) -> str:
    """Return the one full title of which ``title`` leaves words out, or nothing.

    What is left must be its characters in their order, in three runs at most (the fewer the surer) and
    with its end.
    """
    least = _SHORTEST if title.endswith(_STATE_KINDS) else _OF_ANYBODY
    if len(title) < least or title in known() or _OWN.search(title):
        return ""
    titles = _by_end().get(title[-2:], {})
    for blocks in range(1, min(_BLOCKS, len(title) // 2) + 1):
        whole = {full for name, full in titles.items() if _leaves_out(title, name, blocks)}
        if whole:
            return whole.pop() if len(whole) == 1 else ""
    return ""


# 办法 and the like are no laws.
_LAW = re.compile(r"[\u4e00-\u9fff]{1,5}(?<![办方做说书看想用疗刑手兵])法")


def laws_meant(title: str) -> list[str]:
    """Return the laws whose characters a title has that is none (《安全法》), without 中华人民共和国."""
    if not _LAW.fullmatch(title) or title in known() or _STATE + title in known():
        return []
    laws = (full.removeprefix(_STATE) for full in full_titles() if full.endswith("法"))
    return [law for law in laws if _in_order(title, law)]


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(sign in rest for sign in short)


def _leaves_out(title: str, full: str, blocks: int) -> bool:
    if not _SHARE * len(full) <= len(title) < len(full):
        return False
    return _of_blocks(title, re.sub("[、，·]", "", full), blocks)


def _of_blocks(title: str, full: str, blocks: int) -> bool:
    """Tell whether ``title`` is so many runs of two characters or more of ``full``, the last its end."""
    if blocks == 1:
        return full.endswith(title)
    for length in range(2, len(title) - 2 * (blocks - 1) + 1):
        place = full.find(title[:length])
        if place < 0:
            return False
        if _of_blocks(title[length:], full[place + length :], blocks - 1):
            return True
    return False
