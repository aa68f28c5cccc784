"""The handbook: one page for each rule, made of its docstring and what is fixed about it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.core import knowledge
from luoshi.core.checks.model import Basis, Family, Rule, Severity

FAMILY_NAMES: dict[Family, str] = {
    "structure": "结构", "identity": "身份", "text": "文字", "substance": "内容",
    "measures": "措施", "overlap": "雷同", "recurrence": "重复出现",
}  # fmt: skip
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "提醒", "note": "提示"}
BASIS_NAMES: dict[Basis, str] = {"law": "法规", "seen": "公开材料所见", "custom": "惯例"}

_SECTION = re.compile(r"^(What|Why|Basis|Example|Counter-example): ", re.MULTILINE)
_MARKUP = re.compile(r"([*_<>\[\]|`])")


@dataclass(frozen=True, slots=True)
class Description:
    """The sections of a rule's docstring, each on one line."""

    summary: str
    what: str
    why: str
    basis: str
    example: str
    counter: str


def describe(rule: Rule) -> Description:
    """Return what a rule's docstring says; raises ``ValueError`` where a section is missing."""
    text = inspect.cleandoc(rule.__doc__ or "")
    head, *rest = _SECTION.split(text)
    found = {name: _line(words) for name, words in zip(rest[::2], rest[1::2], strict=True)}
    try:
        return Description(
            _line(head).removeprefix(f"{rule.META.code}: "),
            found["What"],
            found["Why"],
            found["Basis"],
            found["Example"],
            found["Counter-example"],
        )
    except KeyError as error:
        raise ValueError(f"{rule.META.code} has no section {error}") from None


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule for the writer, in Chinese: what it objects to, an example, what is no case of it."""

    what: str
    wrong: str
    right: str


def explained(code: str) -> Explained | None:
    """Return what data/checks/explained.toml says of a rule, or None where it has no entry."""
    entry = knowledge.table("checks/explained")["rules"].get(code)
    return Explained(**entry) if entry else None


def _line(words: str) -> str:
    """Join wrapped lines: with a blank, except between two Chinese characters."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", words.strip())
    return " ".join(joined.split())


def page(rule: Rule) -> str:
    """Return the handbook's page of one rule, in Markdown."""
    meta, told = rule.META, describe(rule)
    name = meta.code.lower()
    rows = [
        ("group", f"{meta.family} ({FAMILY_NAMES[meta.family]})"),
        (
            "severity",
            f"{meta.severity} ({SEVERITY_NAMES[meta.severity]}), unless a finding differs",
        ),
        ("basis", f"{meta.basis} ({BASIS_NAMES[meta.basis]})"),
        ("runs", "always" if meta.on else "only where an office switches it on"),
    ]
    return "\n".join([
        f"# {meta.code} {meta.title}", "",
        _plain(told.summary), "",
        "| | |", "|---|---|",
        *(f"| {key} | {value} |" for key, value in rows), "",
        *_for_the_writer(rule),
        "## What it objects to", "", _plain(told.what), "",
        "## Why", "", _plain(told.why), "",
        "## Basis", "", _plain(told.basis), "",
        "## Example", "", _plain(told.example), "",
        "## Looks wrong and is right", "", _plain(told.counter), "",
        f"Source: [{name}.py](../../src/luoshi/core/checks/rules/{name}.py), cases: "
        f"[{name}.toml](../../tests/core/checks/cases/{name}.toml).",
        "To switch it off, grade it anew or accept a finding: [checks.md](../checks.md).", "",
    ])  # fmt: skip


def _for_the_writer(rule: Rule) -> list[str]:
    """Return what the writer of a material is told, in Chinese: also by ``luoshi explain``."""
    told = explained(rule.META.code)
    rows = [("为什么", rule.META.why)]
    if told is not None:
        rows = [("查什么", told.what), *rows, ("例子", told.wrong), ("不算", told.right)]
    return [line for name, words in rows for line in (f"**{name}** {_plain(words)}", "")]


def index(rules: Iterable[Rule]) -> str:
    """Return the handbook's table of contents, in Markdown."""
    rows = [
        f"| [{m.code}]({m.code}.md) | {m.title} | {FAMILY_NAMES[m.family]} | "
        f"{SEVERITY_NAMES[m.severity]} | {BASIS_NAMES[m.basis]} |"
        for m in (each.META for each in rules)
    ]
    head = [
        "# Handbook of the rules", "",
        f"{len(rows)} rules, made from the rules' own docstrings by "
        "`python docs/handbook/make.py`; do not edit these pages. How findings, severities, "
        "settings and acceptances work: [checks.md](../checks.md). `luoshi explain CODE` says "
        "in Chinese what a rule is for.", "",
        "| code | title | group | severity | basis |", "|---|---|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*head, *rows, ""])


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """Return all pages of the handbook by file name."""
    chosen = tuple(rules)
    return {"README.md": index(chosen)} | {f"{r.META.code}.md": page(r) for r in chosen}


def _plain(words: str) -> str:
    """Return a section as a paragraph of Markdown that begins with a capital letter."""
    return _MARKUP.sub(r"\\\1", words[:1].upper() + words[1:])
