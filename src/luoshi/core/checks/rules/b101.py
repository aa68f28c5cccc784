"""B101: a problem without one concrete thing.

What: a problem that names no date, place, document or matter, counts nothing, quotes nobody
and gives no example.
Why: 不见人、不见事: nobody can correct it and nobody can see whether it was corrected.
Basis: seen. The first thing reviewers return materials for (DOMAIN.md §2).
Example: “理论学习不够深入。学习的深度和广度不够，研究不透彻，缺乏深入分析。”
Counter-example: “理论学习不够深入。规定的四本书只读完一本半，笔记有几页是代抄的。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._citing import parts_of, title_of
from luoshi.core.checks.rules._substance import empty_problems
from luoshi.core.reading.model import Span

META = Meta(
    code="B101",
    title="问题不具体",
    family="substance",
    severity="warning",
    basis="seen",
    why="没有具体的事，改没改就无从看出。请补上至少一件具体的事：什么时候、在哪里、哪件事、涉及多少、影响到谁。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading sentence of every empty problem, and to its emptiest sentence.

    A problem told in parts (事实：, 影响：) is empty only where all of them are.
    """
    empty = empty_problems(page)
    for point in page.points("problem"):
        parts = parts_of(page, point)
        if point.id == parts[0] and empty.issuperset(parts):
            yield Objection(
                (title_of(page, point), *_emptiest(page, page.sentences_of(point))),
                "这个问题没有写出一件具体的事，看不出发生在何时、何处、涉及谁。",
            )


def _emptiest(page: Page, sentences: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the later sentence with the most abstract and fewest hedging words."""
    if len(sentences) < 2:
        return ()
    return (max(sentences[1:], key=lambda s: _emptiness(page, s)),)


def _emptiness(page: Page, sentence: Span) -> int:
    return len(page.hits("abstract", sentence)) - 2 * len(page.hits("hedge-strong", sentence))
