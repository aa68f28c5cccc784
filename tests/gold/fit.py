"""Work out the coefficients of data/links/weights.toml from tests/gold/tune and seen.

``python tests/gold/fit.py`` prints the file; ``--check`` prints instead how links fare when
each document in turn is left out of the fit. Standard library only. Two logistic fits
(weighed least squares with a ridge of 1/C on standardised figures): the first over pairs
of problem and measure (weak pairs left out), the second over its outcome and how the pair
stands among the measure's other problems (weak pairs count as links, at weight 0.7).
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from gold_loader import Gold, load_folder  # noqa: E402  # the paths above come first
from luoshi.core.material import likeness  # noqa: E402  # the same
from luoshi.core.material.topics import topic_of  # noqa: E402  # the same
from luoshi.core.text.marks import mark_at  # noqa: E402  # the same

C = 0.3
WEAK = 0.7
# document, measure, problem, verdict, first figures, length
Row = tuple[str, str, str, str, list[float], float]
Fit = tuple[list[float], float]


def rows_of(gold: Gold) -> list[Row]:
    def words(point):
        mark = mark_at(gold.text, point.start, point.end)
        return mark.end if mark else point.start

    def topic(point):
        return topic_of(gold.text[words(point) : point.end])

    problems, measures = gold.of_kind("problem"), gold.of_kind("measure")
    verdict = {(a.measure, a.problem): a.strength for a in gold.answers}
    topics = [topic(p) for p in (*problems, *measures)]
    weights = likeness.Weights(topics)
    known = [likeness.profile(t, weights) for t in topics]
    shelf = likeness.Shelf(known[: len(problems)], weights)
    wholes = known[len(problems) :]
    table = likeness.first_figures(shelf, [(whole,) for whole in wholes], len(problems))
    return [
        (gold.name, m.id, p.id, verdict.get((m.id, p.id), "no"), row[0][i], whole.length)
        for m, whole, row in zip(measures, wholes, table, strict=True)
        for i, p in enumerate(problems)
    ]


def logistic(xs: list[list[float]], ys: list[float], ws: list[float]) -> Fit:
    n, size = len(xs), len(xs[0])
    mean = [sum(c) / n for c in zip(*xs, strict=True)]
    scale = [
        math.sqrt(sum((v - m) ** 2 for v in c) / n) or 1.0
        for c, m in zip(zip(*xs, strict=True), mean, strict=True)
    ]
    zs = [[(v - m) / s for v, m, s in zip(x, mean, scale, strict=True)] + [1.0] for x in xs]
    beta = [0.0] * (size + 1)
    for _ in range(40):
        gradient = [-b / C for b in beta[:-1]] + [0.0]
        hessian = [
            [1 / C if i == j < size else 0.0 for j in range(size + 1)] for i in range(size + 1)
        ]
        for z, y, w in zip(zs, ys, ws, strict=True):
            p = likeness.chance(sum(map(lambda a, b: a * b, z, beta)))
            e, v = w * (y - p), w * p * (1 - p)
            for i, zi in enumerate(z):
                gradient[i] += e * zi
                row, t = hessian[i], v * zi
                for j in range(i, size + 1):
                    row[j] += t * z[j]
        step = solve(hessian, gradient)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    coefficients = [b / s for b, s in zip(beta, scale, strict=False)]
    return coefficients, beta[-1] - sum(c * m for c, m in zip(coefficients, mean, strict=True))


def solve(upper: list[list[float]], right: list[float]) -> list[float]:
    n = len(right)
    a = [[upper[min(i, j)][max(i, j)] for j in range(n)] + [right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[pivot] = a[pivot], a[i]
        for r in range(n):
            if r != i:
                factor = a[r][i] / a[i][i]
                a[r] = [x - factor * y for x, y in zip(a[r], a[i], strict=True)]
    return [a[i][n] / a[i][i] for i in range(n)]


def first_fit(rows: list[Row]) -> Fit:
    clear = [r for r in rows if r[3] != "weak"]
    return logistic(
        [r[4] for r in clear], [float(r[3] == "strong") for r in clear], [1.0] * len(clear)
    )


def second_rows(rows: list[Row], first: Fit) -> list[tuple[Row, list[float]]]:
    by_measure: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_measure.setdefault((row[0], row[1]), []).append(row)
    found = []
    for group in by_measure.values():
        logits = [likeness.weighed(r[4], *first) for r in group]
        found += list(zip(group, likeness.second_figures(logits, group[0][5]), strict=True))
    return found


def out_of_fold(rows: list[Row]) -> list[tuple[Row, list[float]]]:
    """Second figures of each document from a first fit that has not seen it."""
    found = []
    for name in sorted({r[0] for r in rows}):
        fit = first_fit([r for r in rows if r[0] != name])
        found += second_rows([r for r in rows if r[0] == name], fit)
    return found


def second_fit(pairs: list[tuple[Row, list[float]]]) -> Fit:
    return logistic(
        [f for _, f in pairs],
        [float(r[3] != "no") for r, _ in pairs],
        [WEAK if r[3] == "weak" else 1.0 for r, _ in pairs],
    )


def left_out(rows: list[Row]) -> list[tuple[Row, float]]:
    """Return each pair with the score it gets from fits that left its document out."""
    pairs = out_of_fold(rows)
    scored = []
    for name in sorted({r[0] for r in rows}):
        fit = second_fit([p for p in pairs if p[0][0] != name])
        scored += [
            (r, likeness.chance(likeness.weighed(f, *fit))) for r, f in pairs if r[0] == name
        ]
    return scored


def check(golds: tuple[Gold, ...], scored: list[tuple[Row, float]]) -> None:
    best: dict[tuple[str, str], float] = {}
    first: dict[tuple[str, str], tuple[float, str]] = {}
    for (name, m, p, verdict, *_), score in scored:
        best[name, p] = max(best.get((name, p), 0.0), score)
        first[name, m] = max(first.get((name, m), (0.0, "")), (score, verdict))
    bare = {(g.name, p) for g in golds for p in g.unanswered}
    weak = {(g.name, p) for g in golds for p in g.weak}
    strong = {(r[0], r[1]) for r, _ in scored if r[3] == "strong"}
    print(f"right problem first: {sum(first[k][1] != 'no' for k in strong)}/{len(strong)}")
    for limit in (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        said = {k for k, s in best.items() if s < limit}
        hit = len(said & bare)
        print(
            f"unanswered below {limit}: {len(said)} said, precision {hit / max(1, len(said)):.3f}, "
            f"recall {hit / len(bare):.3f}; wrong: {len(said & weak)} weakly answered, "
            f"{len(said - bare - weak)} answered"
        )
    clear = sum(r[3] == "strong" for r, _ in scored)
    for limit in (0.25, 0.3, 0.4, 0.5, 0.6, 0.7):
        said = [r for r, s in scored if s >= limit]
        print(
            f"strong from {limit}: {len(said)} said, precision "
            f"{sum(r[3] != 'no' for r in said) / max(1, len(said)):.3f} (clearly: "
            f"{sum(r[3] == 'strong' for r in said) / max(1, len(said)):.3f}), clear links found "
            f"{sum(r[3] == 'strong' for r in said) / clear:.3f}"
        )


def main() -> None:
    folder = ROOT / "tests" / "gold"
    golds = (*load_folder(folder / "tune"), *load_folder(folder / "seen"))
    rows = [row for gold in golds for row in rows_of(gold)]
    if "--check" in sys.argv:
        check(golds, left_out(rows))
        return
    for name, names, fit in (
        ("first", likeness.FIRST, first_fit(rows)),
        ("second", likeness.SECOND, second_fit(out_of_fold(rows))),
    ):
        print(f"[{name}]")
        for key, value in zip((*names, "constant"), (*fit[0], fit[1]), strict=True):
            print(f"{key} = {value:.4f}")
        print()


if __name__ == "__main__":
    main()
