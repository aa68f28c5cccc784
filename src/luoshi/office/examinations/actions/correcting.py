"""Corrections: what the program took wrongly, a person puts right; everything can be undone.

Source: an outline and a gold set never fit every material; the person who answers for the
ledger decides what is a problem and which measure answers it (DESIGN.md, people decide).
"""

from __future__ import annotations

from luoshi.core.text.sentences import sentences
from luoshi.office.accounts.models import Person
from luoshi.office.examinations.actions.editor import Editor, lock, restore
from luoshi.office.examinations.models import Correction, Examination, Link, Point
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotFound, Refused

_HEADINGS = frozenset({Point.Kind.ASPECT, Point.Kind.SECTION})


def _point(act: Act, examination: Examination, key: int) -> Point:
    return act.lock(Point, key, examination=examination, dropped=False)


@action("examination.kind", "更改要点类别", needs="examination.correct")
def change_kind(
    act: Act, *, by: Person, examination: int, version: int, point: int, kind: str
) -> Correction:
    """Say what a point is; links that make no sense for the new kind are taken away."""
    whole = lock(act, examination, version)
    row = _point(act, whole, point)
    if kind not in Point.Kind.values:
        raise Refused("请选择要点的类别。")
    if kind == row.kind:
        raise Refused("要点已经是这个类别。")
    editor = Editor(act, whole, by)
    editor.keep(row)
    row.kind, row.by_hand = kind, True
    editor.save(row)
    for link in (*row.links_out.all(), *row.links_in.all()):
        if not _fits(link):
            editor.delete(link)
    return editor.close("kind")


def _fits(link: Link) -> bool:
    return _may_link(link.source, link.target) == link.kind


def _may_link(source: Point, target: Point) -> str:
    """Return how a point may be linked to another, or an empty string."""
    kinds = (source.kind, target.kind)
    if kinds in {("measure", "problem"), ("measure", "cause")}:
        return Link.Kind.ANSWERS
    return Link.Kind.EXPLAINS if kinds == ("cause", "problem") else ""


@action("examination.ends", "调整要点起止", needs="examination.correct")
def move_ends(
    act: Act, *, by: Person, examination: int, version: int, point: int, start: int, end: int
) -> Correction:
    """Set where a point begins and ends, in characters of the text."""
    whole = lock(act, examination, version)
    row = _point(act, whole, point)
    _require_free(whole, start, end, row.kind, {row.pk})
    editor = Editor(act, whole, by)
    editor.keep(row)
    _place(whole, row, start, end)
    editor.save(row)
    return editor.close("ends")


def _place(whole: Examination, row: Point, start: int, end: int) -> None:
    row.start, row.end, row.by_hand = start, end, True
    row.words = row.words if start <= row.words < end else start
    found = sentences(whole.text, row.words, end)
    row.heading_end = found[0][1] if found else end


def _require_free(
    whole: Examination, start: int, end: int, kind: str, except_for: set[int]
) -> None:
    """Raise ``Refused`` unless a span lies in the text, holds words, and crosses no statement."""
    if not 0 <= start < end <= len(whole.text) or not whole.text[start:end].strip():
        raise Refused("选择的范围不对，请在原文里选中文字。")
    if end - start > 20000:
        raise Refused("选择的范围太长，一个要点最多两万字。")
    if kind in _HEADINGS:
        return
    others = Point.objects.filter(examination=whole, dropped=False, start__lt=end, end__gt=start)
    others = others.exclude(pk__in=except_for).exclude(kind__in=_HEADINGS)
    if others.exists():
        raise Refused("选择的范围和另一个要点重叠。请先调整或去掉那个要点。")


@action("examination.add", "新增要点", needs="examination.correct")
def add_point(
    act: Act, *, by: Person, examination: int, version: int, kind: str, start: int, end: int
) -> Correction:
    """Make a point of words that the program took for none."""
    whole = lock(act, examination, version)
    if kind not in Point.Kind.values:
        raise Refused("请选择要点的类别。")
    _require_free(whole, start, end, kind, set())
    row = Point(office_id=whole.office_id, examination=whole, kind=kind, words=start)
    _place(whole, row, start, end)
    editor = Editor(act, whole, by)
    editor.save(row)
    return editor.close("add")


@action("examination.drop", "去掉要点", needs="examination.correct")
def drop_point(act: Act, *, by: Person, examination: int, version: int, point: int) -> Correction:
    """Take a point that is none away, with its links; it is kept and can be brought back."""
    whole = lock(act, examination, version)
    row = _point(act, whole, point)
    editor = Editor(act, whole, by)
    for link in (*row.links_out.all(), *row.links_in.all()):
        editor.delete(link)
    editor.keep(row)
    row.dropped = True
    editor.save(row)
    return editor.close("drop")


@action("examination.merge", "合并要点", needs="examination.correct")
def merge_points(
    act: Act, *, by: Person, examination: int, version: int, points: list[int]
) -> Correction:
    """Make one point of several of one kind, from the first's begin to the last's end."""
    whole = lock(act, examination, version)
    rows = sorted({_point(act, whole, key) for key in points}, key=lambda p: p.start)
    if len(rows) < 2:
        raise Refused("请选择两个以上的要点。")
    if len({row.kind for row in rows}) > 1:
        raise Refused("只有同一类别的要点可以合并。")
    first, rest = rows[0], rows[1:]
    end = max(row.end for row in rows)
    _require_free(whole, first.start, end, first.kind, {row.pk for row in rows})
    editor = Editor(act, whole, by)
    have = {
        (k.kind, k.source_id, k.target_id) for k in (*first.links_out.all(), *first.links_in.all())
    }
    for row in rest:
        _move_links(editor, row, first, have)
        editor.keep(row)
        row.dropped = True
        editor.save(row)
    editor.keep(first)
    _place(whole, first, first.start, end)
    editor.save(first)
    return editor.close("merge")


def _move_links(editor: Editor, row: Point, first: Point, have: set[tuple[str, int, int]]) -> None:
    """Let the first point take over another's links, each once."""
    for link in (*row.links_out.all(), *row.links_in.all()):
        source = first.pk if link.source_id == row.pk else link.source_id
        target = first.pk if link.target_id == row.pk else link.target_id
        if (link.kind, source, target) in have:
            editor.delete(link)
            continue
        have.add((link.kind, source, target))
        editor.keep(link)
        link.source_id, link.target_id = source, target
        editor.save(link)


@action("examination.split", "拆分要点", needs="examination.correct")
def split_point(
    act: Act, *, by: Person, examination: int, version: int, point: int, at: int
) -> Correction:
    """Make two points of one; the second begins at a character of the text."""
    whole = lock(act, examination, version)
    row = _point(act, whole, point)
    if not row.start < at < row.end:
        raise Refused("拆分的位置要在这个要点的文字中间。")
    end = row.end
    if not whole.text[row.start : at].strip() or not whole.text[at:end].strip():
        raise Refused("拆开的两部分都要有文字。")
    editor = Editor(act, whole, by)
    editor.keep(row)
    cut = row.start + len(whole.text[row.start : at].rstrip())
    _place(whole, row, row.start, cut)
    editor.save(row)
    start = at + len(whole.text[at:end]) - len(whole.text[at:end].lstrip())
    second = Point(
        office_id=row.office_id, examination=whole, kind=row.kind, path=row.path, words=start
    )
    _place(whole, second, start, end)
    editor.save(second)
    return editor.close("split")


@action("examination.link", "建立对应", needs="examination.correct")
def add_link(
    act: Act, *, by: Person, examination: int, version: int, source: int, target: int
) -> Correction:
    """Say that a measure answers a problem or cause, or that a cause explains a problem."""
    whole = lock(act, examination, version)
    one, other = _point(act, whole, source), _point(act, whole, target)
    kind = _may_link(one, other)
    if not kind:
        raise Refused("只能让措施对应问题或原因，或者让原因对应问题。")
    editor = Editor(act, whole, by)
    row = Link.objects.filter(source=one, target=other, kind=kind).first()
    if row is None:
        row = Link(
            office_id=whole.office_id, examination=whole, source=one, target=other, kind=kind,
            strength="strong", score=1000, by_hand=True,
        )  # fmt: skip
    elif row.verdict == Link.Verdict.RIGHT:
        raise Refused("这两个要点已经对应。")
    else:
        editor.keep(row)
    row.verdict = Link.Verdict.RIGHT
    editor.save(row)
    return editor.close("link")


@action("examination.verdict", "确认对应", needs="examination.correct")
def judge_link(
    act: Act, *, by: Person, examination: int, version: int, link: int, right: bool
) -> Correction:
    """Confirm or reject a link that the program proposed."""
    whole = lock(act, examination, version)
    row = act.lock(Link, link, examination=whole)
    editor = Editor(act, whole, by)
    editor.keep(row)
    row.verdict = Link.Verdict.RIGHT if right else Link.Verdict.WRONG
    editor.save(row)
    return editor.close("verdict")


@action("examination.undo", "撤销校正", needs="examination.correct")
def undo(act: Act, *, by: Person, examination: int, version: int, correction: int) -> None:
    """Undo the last correction that still stands; what it was, and who undid it, is kept."""
    whole = lock(act, examination, version)
    last = Correction.objects.filter(examination=whole, undone=False).order_by("-id").first()
    if last is None or last.pk != correction:
        raise NotFound("只能撤销最近一次校正。请重新打开页面再试。")
    restore(act, last)
    last.undone = True
    act.save(last)
    whole.version += 1
    act.save(whole)
    act.about(whole, facts={"correction": last.pk})


def freeze(act: Act, examination: Examination) -> None:
    """Close a material to corrections: its ledger becomes active. Inside the ledger's action."""
    if examination.state == Examination.State.DRAFT:
        examination.state = Examination.State.ACTIVE
        examination.version += 1
        act.save(examination)
