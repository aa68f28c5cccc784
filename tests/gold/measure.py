"""Print how points and links fare on tests/gold/tune and tests/gold/test, apart.

``python tests/gold/measure.py [tune|test] [--each]``. Aggregates only, unless ``--each``
asks for a line per document. Points: a point counts as found when its kind and both its
ends are right. Links: ``unanswered`` is the claim that no measure answers a problem.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from gold_loader import Gold, load_folder  # noqa: E402  # the paths above come first
from luoshi.core.material import split  # noqa: E402  # the same
from luoshi.core.reading import read_bytes  # noqa: E402  # the same


def counts_of(gold: Gold) -> Counter[str]:
    """Return what was said and what was right in one document, by name."""
    found = split(read_bytes(gold.text.encode(), f"x.{gold.format}"))
    places = {(p.kind, p.start, p.end): p.id for p in gold.points}
    name = {p.id: places.get((p.kind, p.start, p.end), "") for p in found.points}
    count = Counter(
        points_said=len(found.points),
        points_gold=len(gold.points),
        points_right=sum(1 for v in name.values() if v),
        outline_right=int(found.outline == gold.outline),
        documents=1,
    )
    said = {name[p.id] for p in found.unanswered()}
    count["bare_said"], count["bare_gold"] = len(said), len(gold.unanswered)
    count["bare_right"] = len(said & gold.unanswered)
    count["bare_weak"] = len(said & gold.weak)
    wanted = {(a.measure, a.problem): a.strength for a in gold.answers}
    problems = {p.id for p in gold.of_kind("problem")}
    best: dict[str, tuple[float, str]] = {}
    for link in found.links:
        pair = (name[link.source], name[link.target])
        if link.kind == "explains":
            count["explains_said"] += 1
            count["explains_right"] += pair in {(e.cause, e.problem) for e in gold.explains}
        elif pair[1] in problems:
            verdict = wanted.get(pair, "no")
            best[pair[0]] = max(best.get(pair[0], (0.0, "")), (link.score, verdict))
            count["any_clear"] += verdict == "strong"
            if link.strength == "strong":
                count["strong_said"] += 1
                count["strong_right"] += verdict != "no"
                count["strong_clear"] += verdict == "strong"
    clear = {m for (m, _), s in wanted.items() if s == "strong"}
    count["first_gold"] = len(clear)
    count["first_right"] = sum(best.get(m, (0.0, "no"))[1] != "no" for m in clear)
    count["clear_gold"] = sum(s == "strong" for s in wanted.values())
    count["orphan_gold"] = len(gold.orphans)
    rootless = {name[p.id] for p in found.rootless()}
    count["orphan_said"], count["orphan_right"] = len(rootless), len(rootless & gold.orphans)
    return count


def _part(right: int, whole: int) -> str:
    return f"{right}/{whole}" + (f" = {right / whole:.3f}" if whole else "")


def report(label: str, n: Counter[str]) -> None:
    """Print one block of figures."""
    print(f"{label}: {n['documents']} documents, outline right {n['outline_right']}")
    rows = (
        ("points, precision", "points_right", "points_said"),
        ("points, recall", "points_right", "points_gold"),
        ("unanswered, precision", "bare_right", "bare_said"),
        ("unanswered, recall", "bare_right", "bare_gold"),
        ("  of those said, weakly answered", "bare_weak", "bare_said"),
        ("strong links, precision", "strong_right", "strong_said"),
        ("strong links found as strong", "strong_clear", "clear_gold"),
        ("strong links found at all", "any_clear", "clear_gold"),
        ("measures with a right problem first", "first_right", "first_gold"),
        ("measures without a problem, precision", "orphan_right", "orphan_said"),
        ("measures without a problem, recall", "orphan_right", "orphan_gold"),
        ("causes' candidates, precision", "explains_right", "explains_said"),
    )
    for words, right, whole in rows:
        print(f"  {words}: {_part(n[right], n[whole])}")


def main() -> None:
    chosen = [a for a in sys.argv[1:] if not a.startswith("-")] or ["tune", "test"]
    for folder in chosen:
        total: Counter[str] = Counter()
        for gold in load_folder(ROOT / "tests" / "gold" / folder):
            count = counts_of(gold)
            total.update(count)
            if "--each" in sys.argv:
                report(gold.name, count)
        report(folder, total)


if __name__ == "__main__":
    main()
