"""The heat map of a batch as SVG: documents across and down, the share that they have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from luoshi.formats.overlap import Overlap, Pair
from luoshi.formats.overlap_sides import Names
from luoshi.formats.report_text import safe

NAMED_AT_MOST = 60
AT_MOST = 1_000
_LINKED_AT_MOST = 4_000  # cells that lead to their pair; more only show
_CELL, _LABEL, _TOP = 17, 196, 24
_SIZE = 720
_SMALLEST = 3.0  # a cell that can still be seen
_LABEL_AT_MOST = 14
_GRADES = (0.05, 0.15, 0.3, 0.5)


class _Cell(NamedTuple):
    column: int
    row: int
    share: float
    pair: Pair


def heat_map(result: Overlap, names: Names, link: Callable[[Pair], str]) -> str:
    """Return the map of the documents that share anything, clusters first; empty without any.

    The row's document has the given share of its text in the column's. ``link`` gives where a pair
    is shown, empty where it is not.
    """
    chosen = result.ordered[:AT_MOST]
    if not chosen:
        return ""
    cells = _cells(result, chosen)
    if len(chosen) <= NAMED_AT_MOST:
        return _named(result, chosen, cells, names, link)
    return _dense(result, chosen, cells, names, link)


def _cells(result: Overlap, chosen: Sequence[int]) -> list[_Cell]:
    at = {number: index for index, number in enumerate(chosen)}
    out = []
    for pair in result.pairs:
        if pair.a in at and pair.b in at:
            a, b = at[pair.a], at[pair.b]
            out.append(_Cell(b, a, pair.of_a / max(1, len(result.documents[pair.a].text)), pair))
            out.append(_Cell(a, b, pair.of_b / max(1, len(result.documents[pair.b].text)), pair))
    return out


def grade(share: float) -> int:
    """Return how dark a share is shown, 1 to 5."""
    return 1 + sum(share >= edge for edge in _GRADES)


def _named(
    result: Overlap, chosen: Sequence[int], cells: Sequence[_Cell], names: Names,
    link: Callable[[Pair], str],
) -> str:  # fmt: skip
    size = _CELL * len(chosen)
    out = [_open(_LABEL + size + 2, _TOP + size + 2, "named")]
    for index, number in enumerate(chosen):
        middle = _TOP + _CELL * index + _CELL / 2 + 4
        label = names(number).rpartition(".")[0] or names(number)
        if len(label) > _LABEL_AT_MOST:
            label = label[: _LABEL_AT_MOST - 1] + "…"
        out.append(
            f'<text x="{_LABEL - 28}" y="{middle:g}" class="label">{safe(label)}</text>'
            f'<text x="{_LABEL - 6}" y="{middle:g}" class="label">{index + 1}</text>'
            f'<text x="{_LABEL + _CELL * index + _CELL / 2:g}" y="{_TOP - 7}" class="top">{index + 1}</text>'
            f'<rect x="{_LABEL + _CELL * index}" y="{_TOP + _CELL * index}" width="{_CELL}" height="{_CELL}" class="self"/>'
        )
    out.append(_grid(len(chosen)))
    for cell in cells:
        x, y = _LABEL + _CELL * cell.column, _TOP + _CELL * cell.row
        figure = ""
        if cell.share >= 0.005:
            shade = "light" if grade(cell.share) == 5 else "dark"
            figure = f'<text x="{x + _CELL / 2:g}" y="{y + _CELL / 2 + 3:g}" class="figure {shade}">{100 * cell.share:.0f}</text>'
        out.append(_shown(cell, x, y, _CELL, result, names, link, chosen, figure))
    return "".join(out) + "</svg>"


def _dense(
    result: Overlap, chosen: Sequence[int], cells: Sequence[_Cell], names: Names,
    link: Callable[[Pair], str],
) -> str:  # fmt: skip
    step = _SIZE / len(chosen)
    side = max(step, _SMALLEST)
    out = [_open(_SIZE + 2 * _SMALLEST, _SIZE + 2 * _SMALLEST, "dense")]
    out.append(f'<rect x="0" y="0" width="{_SIZE}" height="{_SIZE}" class="ground"/>')
    first, index = 0, {number: at for at, number in enumerate(chosen)}
    for group in result.clusters:
        many = sum(number in index for number in group)
        if many * step >= 2 * _SMALLEST:
            out.append(
                f'<rect x="{first * step:.1f}" y="{first * step:.1f}" width="{many * step:.1f}" '
                f'height="{many * step:.1f}" class="frame"/>'
            )
        first += many
    if len(cells) <= _LINKED_AT_MOST:
        out += [
            _shown(cell, cell.column * step, cell.row * step, side, result, names, link, chosen)
            for cell in cells
        ]
    else:
        out += _shades(cells, step, side)
    return "".join(out) + "</svg>"


def _shades(cells: Sequence[_Cell], step: float, side: float) -> list[str]:
    """Return all cells of one shade as one path: thousands of elements would be slow."""
    paths: dict[int, list[str]] = {}
    for cell in cells:
        paths.setdefault(grade(cell.share), []).append(
            f"M{cell.column * step:.1f} {cell.row * step:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"
        )
    return [f'<path class="g{shade}" d="{"".join(d)}"/>' for shade, d in sorted(paths.items())]


def _shown(
    cell: _Cell, x: float, y: float, side: float, result: Overlap, names: Names,
    link: Callable[[Pair], str], chosen: Sequence[int], figure: str = "",
) -> str:  # fmt: skip
    one, other = chosen[cell.row], chosen[cell.column]
    words = f"{names(one)} 有 {cell.share:.0%} 在 {names(other)} 里"
    rect = (
        f'<rect x="{x:.4g}" y="{y:.4g}" width="{side:.3g}" height="{side:.3g}" class="g{grade(cell.share)}">'
        f"<title>{safe(words)}</title></rect>{figure}"
    )
    target = link(cell.pair)
    # The table beside the map leads there by keyboard; thousands of stops would only be in the way.
    return f'<a href="{safe(target)}" tabindex="-1">{rect}</a>' if target else rect


def _grid(number: int) -> str:
    size = _CELL * number
    lines = "".join(
        f"M{_LABEL} {_TOP + _CELL * k}h{size}M{_LABEL + _CELL * k} {_TOP}v{size}"
        for k in range(number + 1)
    )
    return f'<path class="grid" d="{lines}"/>'


def _open(width: float, height: float, kind: str) -> str:
    return (
        f'<svg class="heat {kind}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'role="group" aria-label="材料两两之间的雷同比例，旁边的表格里有同样的数字">'
    )
