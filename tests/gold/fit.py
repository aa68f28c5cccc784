"""Work out the coefficients of data/links/weights.toml.

From the documents of tests/gold/tune and seen, and, for problems without a measure, from
tests/checks_tune as well. ``python tests/gold/fit.py`` prints the file; ``--check`` prints
instead how links fare when each tenth of the documents in turn is left out of all fits.
Standard library only. Three logistic fits (weighed least squares with a ridge of 1/C on
standardised figures): over pairs of problem and measure (weak pairs left out); over its
outcome and how the pair stands among the measure's other problems (weak pairs count as
links, at weight 0.7); over problems, whether a reviewer says that no measure answers them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from operator import mul
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "gold")]

from sheets import Sheet, all_sheets  # noqa: E402  # the paths above come first

from luoshi.core.material import answers, likeness, pairs, unanswered  # noqa: E402  # as above

C_PAIRS, C_PROBLEMS = 0.3, 0.1
WEAK = 0.7
FOLDS = 10
Fit = tuple[Sequence[float], float]
Logits = list[list[float]]
Cases = tuple[list[Sequence[float]], list[float], list[float]]


class Fits(NamedTuple):
    """The three fits, in the order in which they are used."""

    first: Fit
    second: Fit
    unanswered: Fit


def logistic(cases: Cases, c: float) -> Fit:
    """Return coefficients and constant for figures, outcomes and the weights of cases."""
    xs, ys, ws = cases
    n, size = len(xs), len(xs[0])
    mean = [sum(column) / n for column in zip(*xs, strict=True)]
    scale = [
        math.sqrt(sum((v - m) ** 2 for v in column) / n) or 1.0
        for column, m in zip(zip(*xs, strict=True), mean, strict=True)
    ]
    zs = [[(v - m) / s for v, m, s in zip(x, mean, scale, strict=True)] + [1.0] for x in xs]
    beta = [0.0] * (size + 1)
    for _ in range(40):
        gradient = [-b / c for b in beta[:-1]] + [0.0]
        hessian = [
            [1 / c if i == j < size else 0.0 for j in range(size + 1)] for i in range(size + 1)
        ]
        for z, y, w in zip(zs, ys, ws, strict=True):
            p = likeness.chance(sum(map(mul, z, beta)))
            e, v = w * (y - p), w * p * (1 - p)
            for i, zi in enumerate(z):
                gradient[i] += e * zi
                row, t = hessian[i], v * zi
                for j in range(i, size + 1):
                    row[j] += t * z[j]
        step = solve(hessian, gradient)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    coefficients = [b / s for b, s in zip(beta, scale, strict=False)]
    return coefficients, beta[-1] - sum(map(mul, coefficients, mean))


def solve(upper: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of the symmetric system whose upper triangle is given."""
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


def first_fit(sheets: Sequence[Sheet]) -> Fit:
    xs, ys = [], []
    for sheet in sheets:
        for j, line in enumerate(pairs.first_figures(sheet.rows) if sheet.verdict else ()):
            for i, figures in enumerate(line):
                if sheet.verdict[j, i] != "weak":
                    xs.append(figures)
                    ys.append(float(sheet.verdict[j, i] == "strong"))
    return logistic((xs, ys, [1.0] * len(xs)), C_PAIRS)


def logits_of(sheet: Sheet, first: Fit) -> Logits:
    return pairs.first_logits(sheet.rows, first, sheet.cited)


def second_fit(known: Sequence[tuple[Sheet, Logits]]) -> Fit:
    cases: Cases = [], [], []
    for sheet, logits in known:
        for j, (row, line) in enumerate(zip(sheet.rows, logits, strict=True)):
            for i, figures in pairs.second_figures(line, row.length).items():
                verdict = sheet.verdict.get((j, i))
                if verdict:
                    cases[0].append(figures)
                    cases[1].append(float(verdict != "no"))
                    cases[2].append(WEAK if verdict == "weak" else 1.0)
    return logistic(cases, C_PAIRS)


def unanswered_fit(known: Sequence[tuple[Sheet, Logits]]) -> Fit:
    cases: Cases = [], [], []
    for sheet, logits in known:
        found = unanswered.unanswered_figures(sheet.rows, logits, sheet.count)
        for i, figures in enumerate(found):
            if i not in sheet.lost:
                cases[0].append(figures)
                cases[1].append(float(i in sheet.bare))
                cases[2].append(1.0)
    return logistic(cases, C_PROBLEMS)


def folds(sheets: Sequence[Sheet]) -> list[Sequence[Sheet]]:
    return [sheets[n::FOLDS] for n in range(min(FOLDS, len(sheets)))]


def left_out(
    sheets: Sequence[Sheet], use: Callable[[Sequence[Sheet], Sequence[Sheet]], None]
) -> None:
    """Call ``use`` with each tenth of the sheets and with all the others."""
    for fold in folds(sheets):
        out = {sheet.name for sheet in fold}
        use(fold, [sheet for sheet in sheets if sheet.name not in out])


def all_fits(sheets: Sequence[Sheet]) -> Fits:
    """Return the fits; the later two rest on first logits that have not seen their document."""
    known: list[tuple[Sheet, Logits]] = []

    def use(fold: Sequence[Sheet], others: Sequence[Sheet]) -> None:
        first = first_fit(others)
        known.extend((sheet, logits_of(sheet, first)) for sheet in fold)

    left_out(sheets, use)
    return Fits(first_fit(sheets), second_fit(known), unanswered_fit(known))


class Case(NamedTuple):
    """A problem: the sheet, its place, and how far it is said to be unanswered (0 to 1)."""

    sheet: Sheet
    place: int
    bare: float


def tried(sheets: Sequence[Sheet]) -> tuple[list[Case], list[tuple[str, bool, float]]]:
    """Return each problem, and each pair (verdict, is the measure's best, score)."""
    cases: list[Case] = []
    found: list[tuple[str, bool, float]] = []

    def use(fold: Sequence[Sheet], others: Sequence[Sheet]) -> None:
        fits = all_fits(others)
        for sheet in fold:
            logits = logits_of(sheet, fits.first)
            figures = unanswered.unanswered_figures(sheet.rows, logits, sheet.count)
            for i, each in enumerate(figures):
                bare = likeness.chance(pairs.weighed(each, *fits.unanswered))
                cases.extend([Case(sheet, i, bare)] if i not in sheet.lost else [])
            for j, (row, line) in enumerate(zip(sheet.rows, logits, strict=True)):
                seconds = pairs.second_figures(line, row.length)
                scores = {i: pairs.weighed(f, *fits.second) for i, f in seconds.items()}
                top = max(scores, key=scores.__getitem__)
                for i, score in scores.items():
                    if (j, i) in sheet.verdict:
                        cited = i in sheet.cited[j]
                        shown = answers.CITED_SCORE if cited else likeness.chance(score)
                        found.append((sheet.verdict[j, i], i == top, shown))

    left_out(sheets, use)
    return cases, found


def check(sheets: Sequence[Sheet]) -> None:
    """Print how the fits fare on documents that they have not seen."""
    cases, found = tried(sheets)
    for kind in ("gold", "checks", ""):
        chosen = [c for c in cases if c.sheet.kind.startswith(kind)]
        bare = sum(c.place in c.sheet.bare for c in chosen)
        print(f"{kind or 'all'}: {len(chosen)} problems, {bare} without a measure")
        for limit in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
            said = [c for c in chosen if c.bare >= limit]
            hit = sum(c.place in c.sheet.bare for c in said)
            weak = sum(c.place in c.sheet.weak for c in said)
            print(
                f"  unanswered from {limit}: {len(said)} said, precision "
                f"{hit / max(1, len(said)):.3f} ({(hit + weak) / max(1, len(said)):.3f} if weakly "
                f"answered ones are no mistake), recall {hit / max(1, bare):.3f}"
            )
    clear = sum(verdict == "strong" for verdict, _, _ in found)
    for limit in (0.25, 0.3, 0.4, 0.5, 0.6):
        links = [verdict for verdict, _, score in found if score >= limit]
        print(
            f"links from {limit}: {len(links)} said, precision "
            f"{sum(v != 'no' for v in links) / max(1, len(links)):.3f}, clear links found "
            f"{sum(v == 'strong' for v in links) / clear:.3f}"
        )


def main() -> None:
    sheets = all_sheets(ROOT / "tests")
    if "--check" in sys.argv:
        check(sheets)
        return
    names = (pairs.FIRST, pairs.SECOND, unanswered.UNANSWERED)
    for part, keys, fit in zip(Fits._fields, names, all_fits(sheets), strict=True):
        print(f"[{part}]")
        for key, value in zip((*keys, "constant"), (*fit[0], fit[1]), strict=True):
            print(f"{key} = {value:.4f}")
        print()


if __name__ == "__main__":
    main()
