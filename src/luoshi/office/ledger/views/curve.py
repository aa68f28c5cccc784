"""The curve of a count over time, as a still picture (SVG) without style or script of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 480, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 20, 34, 40
_SOFT, _LINE, _ACCENT = "#505a63", "#d5dae0", "#1d4f73"
_FONT = "'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn: counts by day, from where to where the count must go, until when."""

    title: str
    unit: str
    starts: date
    deadline: date
    baseline: int
    target: int
    counts: Sequence[tuple[date, int]]


def draw(curve: Curve) -> str:
    """Return the picture. The way it should go is dashed; what was counted is a line with dots."""
    scale = _Scale(curve)
    points = [(curve.starts, curve.baseline), *curve.counts]
    path = " ".join(f"{scale.x(day):.1f},{scale.y(value):.1f}" for day, value in points)
    dots = "".join(
        f'<circle cx="{scale.x(day):.1f}" cy="{scale.y(value):.1f}" r="3.5" fill="{_ACCENT}"/>'
        for day, value in points
    )
    plan = (
        f'<line x1="{scale.x(curve.starts):.1f}" y1="{scale.y(curve.baseline):.1f}" '
        f'x2="{scale.x(curve.deadline):.1f}" y2="{scale.y(curve.target):.1f}" '
        f'stroke="{_SOFT}" stroke-width="1.5" stroke-dasharray="6 5"/>'
    )
    line = f'<polyline points="{path}" fill="none" stroke="{_ACCENT}" stroke-width="2.5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="{_FONT}" font-size="14">'
        f"<title>{escape(curve.title)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f"{_grid(curve, scale)}{plan}{line}{dots}</svg>"
    )


class _Scale:
    def __init__(self, curve: Curve) -> None:
        days = [curve.starts, curve.deadline, *(day for day, _ in curve.counts)]
        values = [curve.baseline, curve.target, *(value for _, value in curve.counts)]
        self.first, self.last = min(days), max(days)
        self.low, self.high = min(*values, 0), max(values)
        if self.high == self.low:
            self.high += 1

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _grid(curve: Curve, scale: _Scale) -> str:
    found = []
    for step in range(5):
        value = scale.low + (scale.high - scale.low) * step / 4
        y = scale.y(value)
        found.append(
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}" stroke="{_LINE}"/>'
        )
        found.append(_text(_LEFT - 8, y + 4, f"{value:,.0f}", "end"))
    middle = scale.first + timedelta(days=(scale.last - scale.first).days // 2)
    for day, anchor in ((scale.first, "start"), (middle, "middle"), (scale.last, "end")):
        found.append(_text(scale.x(day), HEIGHT - _BOTTOM + 22, day.isoformat(), anchor))
    found.append(_text(_LEFT, 18, f"（{curve.unit}）", "start"))
    return "".join(found)


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_SOFT}" text-anchor="{anchor}">{escape(words)}</text>'
