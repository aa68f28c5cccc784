"""Print how the checks fare on tests/checks_tune and tests/checks_test, apart.

``python tests/checks_measure.py [tune|test] [-v]``. ``NAME.toml`` beside a document lists
each ``[[defect]]`` a careful reviewer would report and each ``[[fine]]`` passage that looks
wrong and is right. A finding and a defect meet when a span of the one overlaps a quote of
the other and the finding's family is one of those in ``FAMILIES``; for a missing part the
message must name it instead, since what is missing stands nowhere. ``-v`` lists misses and
false alarms, for the tune folder only: rules must never be fitted to the other.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]

from luoshi.core.checks import Finding, run  # noqa: E402  # the path above comes first
from luoshi.core.material import split  # noqa: E402  # the same
from luoshi.core.reading import read_bytes  # noqa: E402  # the same
from luoshi.core.reading.model import Span  # noqa: E402  # the same

# The first family is the kind's own; the others are where a rule may as well belong.
FAMILIES: dict[str, tuple[str, ...]] = {
    "part-missing": ("structure",),
    "announced-part-missing": ("structure",),
    "heading-wording": ("structure", "text"),
    "heading-broken": ("structure",),
    "numbering-gap": ("structure",),
    "numbering-repeat": ("structure",),
    "numbering-order": ("structure",),
    "stated-count": ("structure", "text"),
    "cause-in-problem": ("structure",),
    "problem-in-cause": ("structure",),
    "author-post": ("identity",),
    "wrong-unit": ("identity",),
    "wrong-place": ("identity",),
    "wrong-level": ("identity",),
    "placeholder": ("identity",),
    "name": ("identity", "text"),
    "typo": ("text",),
    "document-title": ("text",),
    "list-wording": ("text", "structure"),
    "duplicate": ("text", "overlap"),
    "quotes": ("text",),
    "punctuation": ("text",),
    "date-contradiction": ("text", "identity"),
    "number-contradiction": ("text", "identity", "structure"),
    "wrong-reference": ("text", "structure", "identity"),
    "outdated": ("text",),
    "leader-name": ("text", "identity"),
    "vague-problem": ("substance",),
    "hedge": ("substance",),
    "praise": ("substance",),
    "stock-phrase": ("substance",),
    "hard-fact": ("substance",),
    "rectified-persisting": ("substance",),
    "study-date": ("substance", "text"),
    "vague-measure": ("measures",),
    "slogan": ("measures", "substance"),
    "no-owner": ("measures",),
    "no-deadline": ("measures",),
    "no-indicator": ("measures",),
    "deadline-past": ("measures", "text"),
    "problem-without-measure": ("measures",),
    "measure-without-problem": ("measures",),
}
# Their quote is the heading sentence, but a rule may point anywhere in the statement.
WHOLE_STATEMENT = {
    "vague-problem", "vague-measure", "slogan", "problem-without-measure",
    "measure-without-problem",
}  # fmt: skip
ABSENT = {"part-missing", "announced-part-missing"}
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Defect:
    """What a reviewer would report: ``places`` are the quotes, ``names`` what is missing."""

    kind: str
    severity: str
    places: tuple[Span, ...]
    names: tuple[str, ...]
    quote: str

    def met_by(self, finding: Finding) -> bool:
        """Tell whether the finding is about this defect, whatever its severity."""
        if finding.family not in FAMILIES[self.kind]:
            return False
        if self.kind in ABSENT and any(name in finding.message for name in self.names):
            return True
        return self.kind not in ABSENT and touches(finding.spans, self.places)

    def found_in(self, findings: Iterable[Finding]) -> bool:
        """Tell whether a finding reports it; a note does not report what is worse."""
        hits = [f for f in findings if self.met_by(f)]
        return any(self.severity == "note" or f.severity != "note" for f in hits)


@dataclass(frozen=True, slots=True)
class Result:
    """One document with what was wanted and what the rules said."""

    name: str
    text: str
    guessed: bool
    defects: tuple[Defect, ...]
    fine: tuple[Span, ...]
    findings: tuple[Finding, ...]

    def is_right(self, finding: Finding) -> bool:
        """Tell whether the finding is about one of the defects."""
        return any(d.met_by(finding) for d in self.defects)

    def grave(self) -> tuple[Finding, ...]:
        """Return the errors and warnings."""
        return tuple(f for f in self.findings if f.severity != "note")


def touches(spans: Iterable[Span], places: Iterable[Span]) -> bool:
    """Tell whether one of the spans shares a character with one of the places."""
    held = tuple(places)
    return any(s.start < p.end and p.start < s.end for s in spans for p in held)


def place(text: str, quote: str, nth: int = 0) -> Span:
    """Return where the quote stands; raises ``ValueError`` unless that is one place."""
    starts = [i for i in range(len(text)) if text.startswith(quote, i)] if quote else []
    if not starts or nth > len(starts) or (len(starts) > 1 and not nth):
        raise ValueError(f"{quote!r} stands {len(starts)} times, nth is {nth or 'not given'}")
    start = starts[max(nth, 1) - 1]
    return Span(start, start + len(quote))


def defect_of(text: str, row: dict[str, Any]) -> Defect:
    """Return the defect of a ``[[defect]]`` table; raises ``ValueError`` for a bad one."""
    kind, severity, quote = row["kind"], row["severity"], row["quote"]
    names = tuple(row.get("names", ()))
    if kind not in FAMILIES or severity not in SEVERITIES or not row["why"]:
        raise ValueError(f"unknown kind or severity, or no reason: {row}")
    if (kind in ABSENT) != bool(names):
        raise ValueError(f"names are for missing parts, and only for them: {row}")
    spot = place(text, quote, row.get("nth", 0))
    if kind in WHOLE_STATEMENT:
        spot = Span(spot.start, max(spot.end, (text + "\n").index("\n", spot.start)))
    others = tuple(place(text, other) for other in row.get("other", ()))
    return Defect(kind, severity, (spot, *others), names, quote)


def load(facts_path: Path) -> Result:
    """Return one document checked as a user would: the outline is guessed, not told."""
    path = next(p for p in facts_path.parent.glob(f"{facts_path.stem}.*") if p != facts_path)
    facts = tomllib.loads(facts_path.read_text(encoding="utf-8"))
    examination = split(read_bytes(path.read_bytes(), path.name))
    text = examination.document.text
    try:
        defects = tuple(defect_of(text, row) for row in facts.get("defect", ()))
        fine = tuple(place(text, r["quote"], r.get("nth", 0)) for r in facts["fine"] if r["why"])
    except ValueError as error:
        raise ValueError(f"{facts_path.name}: {error}") from error
    guessed = examination.outline == facts["outline"]
    return Result(facts_path.stem, text, guessed, defects, fine, run(examination))


def part(right: int, whole: int) -> str:
    """Return a share with its numerator and denominator."""
    return f"{right}/{whole}" + (f" = {right / whole:.3f}" if whole else "")


def report(label: str, results: list[Result]) -> None:
    """Print recall and precision of one folder."""
    pairs = [(d, d.found_in(r.findings)) for r in results for d in r.defects]
    grave = [(r, f) for r in results for f in r.grave()]
    wrong = [(r, f) for r, f in grave if not r.is_right(f)]
    print(f"{label}: {len(results)} documents, outline right {sum(r.guessed for r in results)}")
    for words, chosen in (("errors and warnings", SEVERITIES[:2]), ("notes", SEVERITIES[2:])):
        found = [hit for d, hit in pairs if d.severity in chosen]
        print(f"  recall, {words}: {part(sum(found), len(found))}")
    print(f"  precision, errors and warnings: {part(len(grave) - len(wrong), len(grave))}")
    traps = sum(any(touches(f.spans, [s]) for f in r.grave() if not r.is_right(f))
                for r in results for s in r.fine)  # fmt: skip
    print(f"  right passages taken for wrong: {part(traps, sum(len(r.fine) for r in results))}")
    for r in results:
        if not r.defects:
            said: Counter[str] = Counter(f.severity for f in r.findings)
            print(f"  clean {r.name}: " + ", ".join(f"{s} {said[s]}" for s in SEVERITIES))
    _shares("recall by family", ((FAMILIES[d.kind][0], hit) for d, hit in pairs))
    _shares("recall by kind", ((d.kind, hit) for d, hit in pairs))
    said_right = ((f"{f.code} {f.severity}", r.is_right(f)) for r in results for f in r.findings)
    _shares("findings by rule, right of all", said_right)


def _shares(label: str, rows: Iterable[tuple[str, bool]]) -> None:
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for name, hit in rows:
        whole[name] += 1
        right[name] += hit
    print(f"  {label}:")
    for name in sorted(whole):
        print(f"    {name}: {part(right[name], whole[name])}")


def details(results: list[Result]) -> Iterator[str]:
    """Yield one line for every miss and every false alarm."""
    for r in results:
        for d in r.defects:
            if not d.found_in(r.findings):
                low = [f.code for f in r.findings if d.met_by(f)]
                yield f"{r.name} MISS {d.severity} {d.kind}: {d.quote[:40]}" + (
                    f" (only as a note: {', '.join(low)})" if low else ""
                )
        for f in r.grave():
            if not r.is_right(f):
                trap = " (looks wrong, is right)" if touches(f.spans, r.fine) else ""
                words = r.text[slice(*f.spans[0])][:40] if f.spans else ""
                yield f"{r.name} FALSE {f.severity} {f.code}{trap}: {words} | {f.message}"


def main() -> None:
    chosen = [a for a in sys.argv[1:] if not a.startswith("-")] or ["tune", "test"]
    for folder in chosen:
        paths = sorted((ROOT / "tests" / f"checks_{folder}").glob("*.toml"))
        results = [load(path) for path in paths]
        report(folder, results)
        if "-v" in sys.argv[1:]:
            print("\n".join(details(results)) if folder == "tune" else "(-v: tune only)")


if __name__ == "__main__":
    main()
