"""Several measures in one cell, taken apart: by their numbers, else by lines, else by semicolons."""

from __future__ import annotations

import re

from luoshi.core.text.marks import inline_marks, mark_at

_ENDS = "。；;！!"
_GOES_ON = "，,、（(：:和及与的"
_LEAST = 6
_EVEN = 2
_WRAPPED_LEAST = 9


def measures(text: str) -> tuple[str, ...]:
    """Return the measures that a cell names, without their numbers; one where they do not part."""
    words = text.strip()
    if not words:
        return ()
    pieces = _numbered(words) or _lines(words) or _clauses(words) or (words,)
    return tuple(piece for piece in map(_clean, pieces) if piece)


def counted(text: str, number: int) -> tuple[str, ...]:
    """Return what stands behind the numbers 1 to ``number`` of a cell; () where that is not so.

    For days and names, among whose own figures only the whole count is told apart.
    """
    places: list[tuple[int, int]] = []
    for n in range(1, number + 2):
        mark = re.compile(rf"(?:^|(?<=[\s；;。，,、前底]))(?:{n}[.．、)）]|[（(]{n}[)）])")
        found = mark.search(text, places[-1][1] if places else 0)
        if found is None:
            break
        places.append(found.span())
    if len(places) != number or text[: places[0][0]].strip():
        return ()
    ends = [*(start for start, _ in places[1:]), len(text)]
    return tuple(
        text[start:end].strip(" \t\n；;，,。") for (_, start), end in zip(places, ends, strict=True)
    )


def one_line(words: str) -> str:
    """Return words without line breaks; between Chinese characters nothing takes their place."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    found = ""
    for line in lines:
        apart = found[-1:].isascii() and line[0].isascii() and found
        found += f" {line}" if apart else line
    return found


def _numbered(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    marks = [mark_at(line, 0) for line in lines]
    first = marks[0] if marks else None
    if first is not None and first.value == 1:
        same = [n for n, m in enumerate(marks) if m is not None and m.scheme == first.scheme]
        values = [marks[n].value for n in same]  # type: ignore[union-attr]  # chosen above
        if len(same) >= 2 and values == list(range(1, len(same) + 1)):
            ends = [*same[1:], len(lines)]
            return tuple("\n".join(lines[a:b]) for a, b in zip(same, ends, strict=True))
    found = inline_marks(text, 0, len(text))
    if len(found) < 2 or text[: found[0].start].strip():
        return ()
    starts = [mark.start for mark in found]
    return tuple(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))


def _lines(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or _is_wrapped(lines):
        return ()
    found = [lines[0]]
    for line in lines[1:]:
        if found[-1][-1] in _GOES_ON:
            found[-1] += line
        else:
            found.append(line)
    return tuple(found) if len(found) >= 2 else ()


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether the lines are one sentence that somebody broke to fit the column."""
    sizes = [len(line) for line in lines]
    if min(sizes[:-1]) < _WRAPPED_LEAST or any(line[-1] in _ENDS for line in lines[:-1]):
        return False
    return max(sizes[:-1]) - min(sizes[:-1]) <= _EVEN and sizes[-1] < min(sizes[:-1])


def _clauses(text: str) -> tuple[str, ...]:
    pieces = [piece for piece in re.split(r"[；;]", text) if piece.strip()]
    if len(pieces) >= 2 and all(len(piece.strip()) >= _LEAST for piece in pieces):
        return tuple(pieces)
    return ()


def _clean(piece: str) -> str:
    words = one_line(piece)
    mark = mark_at(words, 0)
    words = words[mark.end :] if mark is not None else _ONE.sub("", words)
    return words.strip().rstrip("；;。，,、 ")


_ONE = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|[①-⑳])[，,：:\s]*")
