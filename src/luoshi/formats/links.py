"""What answers or explains what, as the lists for people show it: from a point's side."""

from __future__ import annotations

from typing import Any, NamedTuple

Record = dict[str, Any]
OWN_ROW = "本行措施"


class Linked(NamedTuple):
    """The other end of a link: a point with its ``id``, or the row's own measure (no id).

    ``weak`` asks a person to look again; it is never set for causes, whose links are
    candidates anyway. ``words`` are the ones that carry the link.
    """

    id: str
    kind: str
    path: str
    heading: str
    weak: bool
    words: tuple[str, ...]


def linked(record: Record, kind: str) -> dict[str, list[Linked]]:
    """Return for each point of ``kind`` the other ends of its links, best first.

    Problems have the measures that answer them, measures what they answer, causes the
    problems they may explain. ``record`` has details.
    """
    points = {point["id"]: point for point in record["points"]}
    found: dict[str, list[Linked]] = {p["id"]: [] for p in points.values() if p["kind"] == kind}
    relation = "explains" if kind == "cause" else "answers"
    here, there = ("to", "from") if kind == "problem" else ("from", "to")
    for link in sorted(record["links"], key=lambda link: -link["score"]):
        if link["kind"] == relation and link[here] in found:
            found[link[here]].append(_linked(link, points[link[there]]))
    return found


def _linked(link: Record, other: Record) -> Linked:
    weak = link["kind"] == "answers" and link["strength"] == "weak"
    words = tuple(link["words"])
    if link["from"] == link["to"]:
        return Linked("", "measure", "", other["remedy"], weak, words)
    return Linked(other["id"], other["kind"], other["path"], other["heading"], weak, words)
