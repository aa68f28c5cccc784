"""B109: a cause put down to circumstances.

What: in a cause, 任务多、人手紧 put forward as the reason (由于, 加之, 客观上); where no word says
so, a note.
Why: a cause that lies outside the author leaves nothing for the author to correct.
Basis: seen. Reviewers return 强调客观 (DOMAIN.md §2).
Example: “加之任务多、人手紧，客观上也难以深入群众。”
Counter-example: “总以工作忙为借口，没有静下心来学。”: the excuse itself is named as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import author
from luoshi.core.checks.rules._substance import clause_of, is_quoted, pattern, shown
from luoshi.core.reading.model import Span

META = Meta(
    code="B109",
    title="原因推给客观",
    family="substance",
    severity="warning",
    basis="seen",
    why="对照检查要找自己的原因。请写明在同样的条件下，本人哪一步没有做、为什么没有做。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object once in each sentence of a cause; to none in papers that examine others."""
    causes = page.points("cause") if author(page) != "others" else ()
    for point in causes:
        if not page.hits("external-cause", (point.words, point.end)):
            continue
        for sentence in page.sentences_of(point):
            hits = page.hits("external-cause", sentence)
            if hits and _is_an_excuse(page, hits[0], sentence):
                place = clause_of(page, hits[0], sentence)
                told = pattern("because").search(page.text, *place)
                yield Objection(
                    (place,),
                    f"“{shown(page, place)}”是把原因推给客观条件。",
                    severity=None if told else "note",
                )


def _is_an_excuse(page: Page, hit: Span, sentence: Span) -> bool:
    clause = clause_of(page, hit, sentence)
    return not page.hits("external-not", sentence) and not is_quoted(page, hit.start, clause.start)
