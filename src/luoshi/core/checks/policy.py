"""What an office says about rules and a named person about findings: never the document.

An office switches a rule off or grades it anew in ``luoshi.toml``, with a reason; a person
accepts one finding in a file beside the document, with name, reason and date. Both are
counted in every report.
"""

from __future__ import annotations

import hashlib
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_args

from luoshi.core.checks.beside import joined
from luoshi.core.checks.model import Finding, Rule, Severity
from luoshi.core.checks.rules import all_rules
from luoshi.core.reading.model import Document
from luoshi.core.text.sentences import sentences

_GRADES: tuple[Severity, ...] = get_args(Severity)
# Why a rule is off that no office has switched off, and how to switch it on.
OFF_BY_ITSELF = "这条规则误报偏多，默认关闭；需要时在设置中写 off = false 启用"
_ACCEPTED_KEYS = frozenset({"code", "quote", "fingerprint", "by", "reason", "date"})


class PolicyError(ValueError):
    """A config or acceptance file says what cannot be followed; the text is Chinese."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an office says about one rule.

    ``on`` is None where only ``severity`` is changed, and the other way round; ``reason``
    is never empty.
    """

    code: str
    on: bool | None
    severity: Severity | None
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of one office, at most one for each rule."""

    settings: tuple[Setting, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules to run: also those that are off, so that their findings are counted."""
        return all_rules()

    def off(self) -> tuple[Setting, ...]:
        """Return what switches a rule off: the office's settings, and rules off by themselves."""
        decided = {each.code for each in self.settings if each.on is not None}
        by_itself = (
            Setting(each.META.code, False, None, OFF_BY_ITSELF)
            for each in all_rules()
            if not each.META.on and each.META.code not in decided
        )
        return (*(each for each in self.settings if each.on is False), *by_itself)

    def changed(self) -> tuple[Setting, ...]:
        """Return the settings that grade a rule anew or switch one on."""
        return tuple(each for each in self.settings if each.on is not False)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One finding that a named person lets stand: ``by`` whom, why and when.

    It is found by ``fingerprint``, or where that is empty by ``quote``, the words of the
    finding's first span (white space aside).
    """

    code: str
    quote: str
    fingerprint: str
    by: str
    reason: str
    date: date


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings after the office's settings and the acceptances.

    ``kept`` are left, graded as the office says, and ``marks`` their fingerprints; ``off``
    is what switched-off rules found; ``unmatched`` acceptances fit no finding any more;
    ``ambiguous`` ones quote words that several findings share and accept none of them.
    """

    kept: tuple[Finding, ...]
    marks: tuple[str, ...]
    off: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()
    unmatched: tuple[Acceptance, ...] = ()
    ambiguous: tuple[Acceptance, ...] = ()


def parse_policy(text: str) -> Policy:
    """Return the settings of an office's TOML file.

    Raises :class:`PolicyError` for broken TOML, an unknown rule or key, a missing reason.
    """
    table = _toml(text)
    _only(table, {"rules"}, "")
    rules = table.get("rules", {})
    if not isinstance(rules, dict):
        raise PolicyError("规则要写成 [rules.编号] 的样子，例如 [rules.T102]。")
    known = {each.META.code for each in all_rules()}
    return Policy(tuple(_setting(code, value, known) for code, value in rules.items()))


def _setting(code: str, value: Any, known: set[str]) -> Setting:
    place = f"[rules.{code}] "
    if code not in known:
        raise PolicyError(f"{place}没有“{code}”这条规则。“luoshi explain”列出全部规则。")
    if not isinstance(value, dict):
        raise PolicyError(f"{place}下面要写 off 或 severity，以及 reason。")
    _only(value, {"off", "severity", "reason"}, place)
    if ("off" in value) == ("severity" in value):
        raise PolicyError(f"{place}要写 off 或 severity，二者选一。")
    off, grade = value.get("off"), value.get("severity")
    if "off" in value and not isinstance(off, bool):
        raise PolicyError(f"{place}off 只能写 true（关闭）或 false（启用）。")
    if "severity" in value and grade not in _GRADES:
        raise PolicyError(f"{place}severity 只能写 error（错误）、warning（提醒）或 note（提示）。")
    return Setting(code, None if off is None else not off, grade, _words(value, "reason", place))


def parse_acceptances(text: str) -> tuple[Acceptance, ...]:
    """Return the acceptances of the TOML file beside a document.

    Raises :class:`PolicyError` for broken TOML, an unknown key, anything missing.
    """
    table = _toml(text)
    _only(table, {"accepted"}, "")
    entries = table.get("accepted", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise PolicyError("每一条接受要写成 [[accepted]] 的样子。")
    return tuple(_acceptance(each, f"第 {n} 条接受") for n, each in enumerate(entries, 1))


def _acceptance(entry: dict[str, Any], place: str) -> Acceptance:
    _only(entry, _ACCEPTED_KEYS, place)
    if ("quote" in entry) == ("fingerprint" in entry):
        raise PolicyError(f"{place}要写 quote（原文）或 fingerprint（标识），二者选一。")
    when = entry.get("date")
    # TOML has both kinds of date; a time of day would claim more than anybody knows.
    if not isinstance(when, date) or isinstance(when, datetime):
        raise PolicyError(f"{place}要写 date（日期，按“年-月-日”），不加引号。")
    return Acceptance(
        _words(entry, "code", place).upper(),
        _words(entry, "quote", place) if "quote" in entry else "",
        _words(entry, "fingerprint", place) if "fingerprint" in entry else "",
        _words(entry, "by", place),
        _words(entry, "reason", place),
        when,
    )


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        numbers = [word for word in str(error).replace(",", " ").split() if word.isdigit()]
        where = f"第 {numbers[0]} 行附近" if numbers else "末尾附近"
        raise PolicyError(f"{where}写法不对，请核对引号、等号和方括号。") from None


def _only(table: dict[str, Any], keys: Iterable[str], place: str) -> None:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise PolicyError(f"{place}不认识“{unknown[0]}”。可以写的有：{'、'.join(sorted(keys))}。")


_NAMES = {
    "reason": "理由", "by": "姓名", "code": "规则编号", "quote": "原文", "fingerprint": "标识",
}  # fmt: skip


def _words(table: dict[str, Any], key: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PolicyError(f"{place}缺少 {key}（{_NAMES[key]}），请用引号写明。")
    return value.strip()


def apply(
    document: Document,
    findings: tuple[Finding, ...],
    policy: Policy,
    acceptances: tuple[Acceptance, ...] = (),
) -> Judged:
    """Return the findings that are left, and everything that was taken away and by whom."""
    marks = fingerprints(document, findings)
    by_place, unmatched, ambiguous = _match(document, findings, marks, acceptances)
    settings = {each.code: each for each in policy.settings}
    off_codes = {each.code for each in policy.off()}
    kept: list[tuple[Finding, str]] = []
    off: list[Finding] = []
    accepted: list[tuple[Finding, Acceptance]] = []
    for index, finding in enumerate(findings):
        setting = settings.get(finding.code)
        if finding.code in off_codes:
            off.append(finding)
            continue
        grade = setting.severity if setting is not None else None
        graded = finding if grade is None else replace(finding, severity=grade)
        if index in by_place:
            accepted.append((graded, by_place[index]))
        else:
            kept.append((graded, marks[index]))
    # Only now: what is switched off or accepted must not take another finding with it.
    changed = joined([finding for finding, _ in kept])
    told = [(changed.get(index, finding), mark) for index, (finding, mark) in enumerate(kept)]
    pairs = [(finding, mark) for finding, mark in told if finding is not None]
    return Judged(
        tuple(finding for finding, _ in pairs), tuple(mark for _, mark in pairs),
        tuple(off), tuple(accepted), unmatched, ambiguous,
    )  # fmt: skip


def _match(
    document: Document, findings: tuple[Finding, ...], marks: tuple[str, ...],
    acceptances: tuple[Acceptance, ...],
) -> tuple[dict[int, Acceptance], tuple[Acceptance, ...], tuple[Acceptance, ...]]:  # fmt: skip
    """Return the acceptance of each finding by its index, and those that fit none or several."""
    if not acceptances:
        return {}, (), ()
    places: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        places[finding.code, marks[index], True].append(index)
        places[finding.code, _quote(document, finding), False].append(index)
    found: dict[int, Acceptance] = {}
    unmatched: list[Acceptance] = []
    ambiguous: list[Acceptance] = []
    for each in acceptances:
        exact = bool(each.fingerprint)
        key = each.code, each.fingerprint if exact else _bare(each.quote), exact
        indices = places.get(key, [])
        if len(indices) == 1:
            found.setdefault(indices[0], each)
        else:
            (ambiguous if indices else unmatched).append(each)
    return found, tuple(unmatched), tuple(ambiguous)


def fingerprints(document: Document, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return for every finding a mark that stays when other passages of the text change.

    It is made of the rule's code, the words objected to, the sentence they begin in and
    where in it; where a sentence stands several times in the text it is counted. Only
    findings of one rule at one place need a number of their own (``-2``, ``-3``).
    """
    shelf = _Sentences(document) if findings else None
    seen: Counter[str] = Counter()
    marks: list[str] = []
    for finding in findings:
        parts = [finding.code, _quote(document, finding)]
        if shelf is not None and finding.spans:
            parts += shelf.around(finding.spans[0].start)
        mark = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]
        seen[mark] += 1
        marks.append(mark if seen[mark] == 1 else f"{mark}-{seen[mark]}")
    return tuple(marks)


class _Sentences:
    """The sentences of a document: where each begins, its words, and which of its like it is."""

    def __init__(self, document: Document) -> None:
        self._text = text = document.text
        found = [span for b in document.blocks for span in sentences(text, b.start, b.end)]
        self._starts = [low for low, _ in found]
        self._words = [_bare(text[low:high]) for low, high in found]
        self._numbers: list[int] = []
        like: dict[str, int] = {}
        for words in self._words:
            number = like[words] = like.get(words, -1) + 1
            self._numbers.append(number)

    def around(self, position: int) -> tuple[str, ...]:
        """Return the sentence at ``position``, its number, and how far in it that is."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return ()
        before = _bare(self._text[self._starts[index] : position])
        return self._words[index], str(self._numbers[index]), str(len(before))


def _bare(words: str) -> str:
    return "".join(words.split())


def _quote(document: Document, finding: Finding) -> str:
    return _bare(document.text[slice(*finding.spans[0])]) if finding.spans else ""
