"""The trend as a still picture (SVG) without style or script of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from luoshi.office.desk.trend import Month

WIDTH, HEIGHT = 960, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 52, 40
_INK, _SOFT, _LINE = "#1c2329", "#505a63", "#d5dae0"
# What is newly agreed, closed, relapsed: told apart by order and pattern of light as well.
_BARS = (
    ("新立", "opened", "#9db6c9"),
    ("销号", "closed", "#22613a"),
    ("反弹", "relapsed", "#9b2219"),
)
_STANDING = ("月末在办", "#1d4f73")
_FONT = "'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def draw(months: Sequence[Month], title: str) -> str:
    """Return the picture: three bars for each month, a line for what was in hand at its end."""
    most = max([1, *(max(m.opened, m.closed, m.relapsed, m.standing) for m in months)])
    scale = _Scale(len(months), most)
    parts = [_grid(scale), _bars(months, scale), _standing(months, scale), _names(months, scale)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="{_FONT}" font-size="14">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{"".join(parts)}{_legend()}</svg>'
    )


class _Scale:
    def __init__(self, months: int, most: int) -> None:
        self.step = (WIDTH - _LEFT - _RIGHT) / months
        self.tick = _tick(most)
        self.most = self.tick * -(-most // self.tick)

    def x(self, place: int) -> float:
        return _LEFT + self.step * (place + 0.5)

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - value / self.most * (HEIGHT - _TOP - _BOTTOM)


def _tick(most: int) -> int:
    """Return a round distance between lines: 1, 2 or 5 times a power of ten, about five lines."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if most <= factor * size * 5:
                return factor * size
        size *= 10


def _grid(scale: _Scale) -> str:
    found = []
    for value in range(0, scale.most + 1, scale.tick):
        y = scale.y(value)
        found.append(
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}" stroke="{_LINE}"/>'
        )
        found.append(_text(_LEFT - 8, y + 5, f"{value:,}", "end"))
    return "".join(found)


def _bars(months: Sequence[Month], scale: _Scale) -> str:
    wide = scale.step * 0.22
    found = []
    for place, month in enumerate(months):
        for number, (_, name, colour) in enumerate(_BARS):
            value = getattr(month, name)
            if value:
                x, y = scale.x(place) + (number - 1.5) * wide, scale.y(value)
                found.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide * 0.92:.1f}" '
                    f'height="{scale.y(0) - y:.1f}" fill="{colour}"/>'
                )
    return "".join(found)


def _standing(months: Sequence[Month], scale: _Scale) -> str:
    places = [(scale.x(n), scale.y(m.standing)) for n, m in enumerate(months)]
    colour = _STANDING[1]
    lines = "".join(
        f'<line x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}" stroke="{colour}" stroke-width="2.5"/>'
        for (a, b), (c, d) in pairwise(places)
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
        for x, y in places
    )
    return lines + dots


def _names(months: Sequence[Month], scale: _Scale) -> str:
    every = 1 if len(months) <= 12 else 3
    found = []
    for place, month in enumerate(months):
        if place % every == 0:
            day = month.month
            first = day.month == 1 or (place == 0 and day.month < 12)
            words = f"{day.year}年{day.month}月" if first else f"{day.month}月"
            found.append(_text(scale.x(place), HEIGHT - _BOTTOM + 22, words, "middle"))
    return "".join(found)


def _legend() -> str:
    x = _LEFT
    found = [_text(x, 18, "单位：项", "start")]
    x += 90
    for label, _, colour in _BARS:
        found.append(f'<rect x="{x}" y="7" width="14" height="14" fill="{colour}"/>')
        found.append(_text(x + 20, 18, label, "start", _INK))
        x += 80
    label, colour = _STANDING
    found.append(
        f'<line x1="{x}" y1="14" x2="{x + 26}" y2="14" stroke="{colour}" stroke-width="2.5"/>'
        f'<circle cx="{x + 13}" cy="14" r="3.5" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
    )
    found.append(_text(x + 34, 18, label, "start", _INK))
    return "".join(found)


def _text(x: float, y: float, words: str, anchor: str, colour: str = _SOFT) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
