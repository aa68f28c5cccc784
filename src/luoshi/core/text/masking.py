"""Names of other people in a text, kept from whom they do not concern: 王芳 becomes 王某.

On a paper that leaves the office they are struck out altogether.

Source: minimum personal data (个人信息保护法 6; DOMAIN.md §4); a complainant's name in clear is
what a ledger must never show (DOMAIN.md §1). Names that somebody knows to be persons' are masked
wherever they stand as names; others where the words about them say that it is a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from typing import NamedTuple

from luoshi.core import knowledge

_HAN = "[\u4e00-\u9fff]"
_SHORT = 2
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-— ]\d{7,8})"
    r"(?![0-9A-Za-z])(?!\s*[元万亿个件户])"
)
_N = "[0-9０-９一二三四五六七八九十]"
_HOME = re.compile(
    rf"(?:{_N}{{1,4}}(?:号楼|号院|栋|幢|座|号))?{_N}{{1,3}}单元(?:{_N}{{1,5}}(?:室|号|户)?)?"
    rf"|{_N}{{1,4}}(?:号楼|栋|幢|座){_N}{{1,5}}(?:室|号)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
STRUCK = "×××"


class Way(NamedTuple):
    """What stands in the place of a telephone number, an identity number, a home and a name."""

    phone: str
    identity: str
    home: str
    name: Callable[[str], str]


def _mask(name: str) -> str:
    return name[0] + "某" * (len(name) - 1)


MASKED = Way("（电话略）", "（证件号略）", "（住址略）", _mask)
STRIKING = Way(STRUCK, STRUCK, STRUCK, lambda name: STRUCK)


def masked(text: str, known: Iterable[str] = (), way: Way = MASKED) -> str:
    """Return a text without telephone and identity numbers, homes and names of persons.

    ``known`` are names of persons that are to be kept back; a name of two characters is one
    only between words that stand beside names (文明 is a word as well).
    """
    text = _PHONE.sub(way.phone, _IDENTITY.sub(way.identity, text))
    text = _HOME.sub(way.home, text)
    for name in sorted({n.strip() for n in known}, key=len, reverse=True):
        if len(name) >= _SHORT:
            text = _named(name).sub(partial(_hidden_known, way), text)
    for pattern in _persons():
        text = pattern.sub(partial(_hidden, way), text)
    return text


def has_names(text: str, known: Iterable[str] = ()) -> bool:
    """Tell whether a text says anything that `masked` would keep back."""
    return masked(text, known) != text


@lru_cache(maxsize=4096)
def _named(name: str) -> re.Pattern[str]:
    if len(name) > _SHORT:
        return re.compile(f"(?P<name>{re.escape(name)})")
    words = knowledge.table("checks/persons")["beside"]
    ahead, behind = "|".join(words["ahead"]), "|".join(words["behind"])
    return re.compile(
        rf"(?:(?<![\u4e00-\u9fff])|(?<=[{words['ends']}])|(?:{ahead}))(?P<name>{re.escape(name)})"
        rf"(?=$|[^\u4e00-\u9fff]|{behind})"
    )


def _hidden_known(way: Way, match: re.Match[str]) -> str:
    low, high = (at - match.start() for at in match.span("name"))
    return match[0][:low] + way.name(match["name"]) + match[0][high:]


def _hidden(way: Way, match: re.Match[str]) -> str:
    no_names = knowledge.table("checks/persons")["no_names"]
    if match["name"].startswith(tuple(no_names)):
        return match[0]
    return _hidden_known(way, match)


@cache
def _persons() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of names that the words beside them give away."""
    table = knowledge.table("checks/persons")
    words = table["beside"]
    given = rf"(?![{words['no_given']}]){_HAN}"
    name = rf"(?P<name>[{table['surnames']}]{given}(?:{given})??)"
    behind, says = "|".join(words["behind"]), "|".join(words["says"])
    any_name = (
        rf"(?:{'|'.join(words['persons'])})(?:姓名)?[：:“]?{name}(?=$|[^\u4e00-\u9fff]|{behind})"
    )
    return (
        re.compile(any_name),
        re.compile(rf"(?:{'|'.join(words['groups'])}){name}(?={says})"),
        re.compile(
            rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[{words['ends']}])){name}(?={'|'.join(words['titles'])})"
        ),
    )
