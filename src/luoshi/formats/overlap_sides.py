"""Pairs of documents side by side as HTML: shared passages joined by colour and number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath

from luoshi.core.overlap.side import COLOURS, Common, Piece, Sides, shortened, side_by_side
from luoshi.formats.overlap import Overlap, Pair
from luoshi.formats.report_text import safe

_NAME_AT_MOST = 40
_COUNTED_FROM = 7  # characters of common words beside which their count is written


class Names:
    """What documents are called on a page: their file's name, with its folder where two share it."""

    def __init__(self, result: Overlap) -> None:
        self._paths = [one.path for one in result.documents]
        self._known = Counter(PurePath(path).name for path in self._paths)

    def __call__(self, number: int) -> str:
        """Return the name of a document, shortened in its middle."""
        path = PurePath(self._paths[number])
        name = path.name if self._known[path.name] == 1 else "/".join(path.parts[-2:])
        if len(name) > _NAME_AT_MOST:
            name = f"{name[: _NAME_AT_MOST - 13]}…{name[-12:]}"
        return name or str(path)


def pair_anchor(pair: Pair) -> str:
    """Return the name of a pair's place in its page."""
    return f"pair-{pair.a + 1}-{pair.b + 1}"


def left_and_right(result: Overlap, pair: Pair) -> tuple[int, int]:
    """Return which document stands left: the earlier one, else a reference, else the first."""
    return (pair.b, pair.a) if result.earlier(pair.a, pair.b) == pair.b else (pair.a, pair.b)


def pair_section(
    result: Overlap, pair: Pair, names: Names, common: Callable[[int], Sequence[Common]]
) -> str:
    """Return a pair as a section of a page; ``common`` gives what is common in a document."""
    left, right = left_and_right(result, pair)
    texts = result.documents[left].text, result.documents[right].text
    swapped = left != pair.a
    passages = [
        (one.b_span, one.a_span) if swapped else (one.a_span, one.b_span) for one in pair.passages
    ]
    sides = side_by_side(*texts, passages, common(left), common(right))
    anchor = pair_anchor(pair)
    shown = "".join(
        f'<div class="side"><h4><bdi>{safe(names(number))}</bdi><small>{safe(_about(result, number))}</small></h4>'
        f'<p class="words">{_words(texts[at], pieces, sides, anchor, at)}</p></div>\n'
        for at, (number, pieces) in enumerate(((left, sides.left), (right, sides.right)))
    )
    return (
        f'<section class="pair" id="{anchor}"><h3><bdi>{safe(names(left))}</bdi> 与 '
        f"<bdi>{safe(names(right))}</bdi></h3>\n"
        f'<p class="meta">{safe(_told(result, pair, names, swapped))}</p>\n'
        f'<div class="sides">\n{shown}</div></section>\n'
    )


def _about(result: Overlap, number: int) -> str:
    one = result.documents[number]
    words = [f"落款 {one.dated}" if one.dated else "没有落款日期", f"{len(one.text):,} 字"]
    if number < result.references:
        words.insert(0, "参照材料")
    return "，".join(words)


def _told(result: Overlap, pair: Pair, names: Names, swapped: bool) -> str:
    shares = [
        f"{names(number)} 有 {share / max(1, len(result.documents[number].text)):.0%}"
        for number, share in ((pair.a, pair.of_a), (pair.b, pair.of_b))
    ]
    if swapped:
        shares.reverse()
    earlier = result.earlier(pair.a, pair.b)
    told = "先后不明" if earlier is None else f"落款较早的是 {names(earlier)}"
    exact = sum(one.is_exact for one in pair.passages)
    kinds = f"一字不差 {exact} 处，改过词句 {len(pair.passages) - exact} 处"
    return f"{len(pair.passages)} 处雷同（{kinds}）；{'，'.join(shares)}的文字在对方里；{told}。"


def _words(text: str, pieces: Sequence[Piece], sides: Sides, anchor: str, at: int) -> str:
    """Return one text as HTML; the first piece of a passage carries its number."""
    first = {(one.left, one.right)[at][0]: one.number for one in reversed(sides.joined)}
    out = []
    for piece in shortened(pieces, text):
        if piece.kind == "gap":
            out.append(f'<span class="gap">（略 {piece.end - piece.start} 字）</span>')
            continue
        if piece.start in first and piece.numbers:
            out += [_badge(n, anchor, at) for n in _beginning(sides, at, piece.start)]
        out.append(_piece(safe(text[piece.start : piece.end]), piece))
    return "".join(out)


def _beginning(sides: Sides, at: int, start: int) -> list[int]:
    return [one.number for one in sides.joined if (one.left, one.right)[at][0] == start]


def _badge(number: int, anchor: str, at: int) -> str:
    mine, other = (f"{anchor}-{side}{number}" for side in ("lr" if at == 0 else "rl"))
    return (
        f'<a class="n k{_colour(number)}" id="{mine}" href="#{other}" '
        f'aria-label="第{number}处，到另一份的同一处">{number}</a>'
    )


def _piece(words: str, piece: Piece) -> str:
    if piece.kind == "own":
        return words
    if piece.kind == "common":
        many = (
            f"<small>{piece.documents}份</small>"
            if piece.end - piece.start >= _COUNTED_FROM
            else ""
        )
        return f'<span class="common">{words}{many}</span>'
    colour = f"c{_colour(piece.numbers[0])}"
    if piece.kind == "other":
        return f'<b class="{colour}">{words}</b>'
    moved = " moved" if piece.kind == "moved" else ""
    return f'<span class="{colour}{moved}">{words}</span>'


def _colour(number: int) -> int:
    return (number - 1) % COLOURS + 1
