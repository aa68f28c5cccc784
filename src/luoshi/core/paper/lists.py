"""The three lists (问题清单、任务清单、责任清单) of a material, a special ledger or an item."""

from __future__ import annotations

from luoshi.core.knowledge import table
from luoshi.core.paper.facts import ItemFact, Problem, Subject
from luoshi.core.paper.figures import figures
from luoshi.core.paper.items import deadline_line, indicator_line
from luoshi.core.paper.model import Block, Heading, Paper, Paragraph, Table
from luoshi.core.paper.places import columns
from luoshi.core.paper.report import finished, titled
from luoshi.core.paper.wording import listed, number, say, text


def lists(subject: Subject) -> Paper:
    """Return the three lists as one paper."""
    heads = table("templates/report")["headings"]
    found = figures(subject.items, subject.standing.day)
    said = say("list_opening", day=subject.standing.day)
    said += say("counts", **{name: figure.words() for name, figure in found.items()})
    body: list[Block] = [Paragraph(said)]
    kept = [item for item in subject.items if not item.withdrawn]
    made = (
        ("problems", _problems(subject, kept)),
        ("tasks", _tasks(kept)),
        ("duties", _duties(kept)),
    )
    for n, (key, one) in enumerate(made, 1):
        body.append(Heading(1, (number(1, n), heads[key])))
        body.append(one if one.rows else Paragraph(say("no_items")))
    return finished(subject, titled(subject, "lists_"), body)


def _problems(subject: Subject, items: list[ItemFact]) -> Table:
    by_problem: dict[int, list[ItemFact]] = {}
    known: dict[int, Problem] = {problem.key: problem for problem in subject.problems}
    for item in items:
        for problem in item.problems:
            by_problem.setdefault(problem.key, []).append(item)
            known.setdefault(problem.key, problem)
    rows = [
        (
            str(n), problem.heading, problem.number,
            listed(i.number for i in by_problem.get(problem.key, [])) or text("nobody"),
            "、".join(dict.fromkeys(i.state_label for i in by_problem.get(problem.key, []))),
        )
        for n, problem in enumerate(known.values(), 1)
    ]  # fmt: skip
    head = columns(("order", 2), ("problem", 9), ("place_in_text", 3), ("items", 4), ("state", 4))
    return Table(head, tuple(rows))


def _tasks(items: list[ItemFact]) -> Table:
    rows = [
        (str(n), i.number, i.title, indicator_line(i), deadline_line(i), i.state_label)
        for n, i in enumerate(items, 1)
    ]
    head = columns(
        ("order", 2), ("number", 4), ("task", 6), ("indicator", 6), ("deadline", 4), ("state", 3)
    )
    return Table(head, tuple(rows))


def _duties(items: list[ItemFact]) -> Table:
    rows = [
        (str(n), i.number, i.title, i.owner, i.unit, "、".join(i.co_owners))
        for n, i in enumerate(items, 1)
    ]
    head = columns(
        ("order", 2), ("number", 4), ("task", 8), ("owner", 3), ("unit", 4), ("co_owners", 4)
    )
    return Table(head, tuple(rows))
