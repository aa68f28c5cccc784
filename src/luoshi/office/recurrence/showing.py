"""What the pages show: a material beside the last one, and problems over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.core.material import model as core
from luoshi.core.recurrence import Chain, Entry, Line, Recurrence, Then, chain, compare
from luoshi.core.recurrence.against import Says, Verdict, against, standing
from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import may
from luoshi.office.ledger.masking import hiding_from
from luoshi.office.recurrence.ledger import Held, items_of
from luoshi.office.recurrence.orders import Paper
from luoshi.office.recurrence.reading import read

STATES = {
    "empty": ("又提出，还是老说法", "bad"), "recurring": ("又提出", "warn"),
    "returned": ("隔了一次又提出", "warn"), "sharpened": ("又提出，这次说清了", "active"),
    "new": ("新提出", ""), "gone": ("不再提", ""),
}  # fmt: skip
_ORDER = tuple(STATES)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a material: where it is found on the material's page, and its heading."""

    material: int
    point: int
    words: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A measure of the last material; ``visible``: something of it could be seen done."""

    said: Said
    visible: bool
    again: Said | None


@dataclass(slots=True)
class Row:
    """One problem: in the last material, in this one, or in both."""

    state: str
    before: Said | None = None
    after: list[Said] = field(default_factory=list)
    shared: tuple[str, ...] = ()
    measures: list[Promised] = field(default_factory=list)
    report: str = ""
    items: list[Held] = field(default_factory=list)
    verdict: Verdict | None = None

    @property
    def label(self) -> str:
        """Return the state in words."""
        return STATES[self.state][0]

    @property
    def tag(self) -> str:
        """Return the colour of the state's tag, or nothing."""
        return STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class Beside:
    """A material beside the last one. ``claims`` are the words that say that all is settled."""

    rows: list[Row]
    counts: list[tuple[str, int]]
    claims: list[str]
    stated: int | None
    problems: int
    reported: bool
    consecutive: bool
    compared: bool


def beside(by: Person, last: Paper, this: Paper) -> Beside | None:
    """Return a material beside the last one; None where either is gone or has no problems."""
    found = read({last.key, this.key}, by.office_id)
    if len(found) < 2:
        return None
    step = compare(found[last.key], found[this.key])
    if not step.then and not step.now:
        return None
    held = _items(by, [step.then]) if may(by, "ledger.read") else None
    pages = _Pages(step, last.key, this.key)
    rows = [*(_row(pages, then, held) for then in step.then), *pages.fresh()]
    rows.sort(key=lambda row: _ORDER.index(row.state))
    counted = Counter(row.state for row in rows)
    return Beside(
        rows, [(STATES[key][0], counted[key]) for key in _ORDER if counted[key]],
        [pages.words(claim.span) for claim in step.claims if claim.kind == "all"],
        step.stated.number if step.stated else None, len(step.then), step.reported,
        step.consecutive,
        bool(step.then),
    )  # fmt: skip


class _Pages:
    """Two materials, with the keys under which their pages stand."""

    def __init__(self, step: Recurrence, last: int, this: int) -> None:
        self.step, self.last, self.this = step, last, this
        self.now = {now.point.id: now for now in step.now}
        self.later = {point.id: point for point in step.later.points}

    def words(self, span: tuple[int, int]) -> str:
        return "".join(self.step.later.document.text[slice(*span)].split())

    def fresh(self) -> list[Row]:
        """Return the problems that are new."""
        return [
            Row("new", after=[said(self.step.later, self.this, now.point)])
            for now in self.step.of_state("new")
        ]


def said(examination: core.Examination, key: int, point: core.Point) -> Said:
    """Return a point as a page shows it: its heading, without the number."""
    end = examination.heading_of(point).end
    words = "".join(examination.document.text[point.words : end].split()).rstrip("。：:")
    return Said(
        key, int(point.id), words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    )


def _row(pages: _Pages, then: Then, held: Mapping[int, list[Held]] | None) -> Row:
    step = pages.step
    back = [pages.now[name] for name in then.back]
    states = sorted((now.state for now in back), key=_ORDER.index)
    row = Row(
        states[0] if states else "gone", said(step.earlier, pages.last, then.point),
        [said(step.later, pages.this, now.point) for now in back],
        tuple(dict.fromkeys(word for now in back if now.match for word in now.match.words)),
        [
            Promised(
                said(step.earlier, pages.last, measure.point), measure.visible,
                said(step.later, pages.this, pages.later[measure.again]) if measure.again else None,
            )
            for measure in then.measures
        ],
        "".join(pages.words(span) for span in then.reports),
    )  # fmt: skip
    if held is not None:
        row.items = held[int(then.point.id)]
        stands = standing(item.stands for item in row.items)
        row.verdict = against(_says(step, then), stands, back=bool(back))
    return row


def _says(step: Recurrence, then: Then) -> Says:
    if not step.consecutive:
        # The report is on another material: what stands is the ledger's word alone.
        return "told"
    if then.settled or any(claim.kind == "all" for claim in step.claims):
        return "settled"
    return "told" if then.reports else "nothing"


def _items(by: Person, steps: list[tuple[Then, ...]]) -> dict[int, list[Held]]:
    answering = {
        int(then.point.id): [int(measure.point.id) for measure in then.measures]
        for thens in steps
        for then in thens
    }
    return items_of(answering, by.office_id, hiding_from(by))


@dataclass(frozen=True, slots=True)
class Cell:
    """A problem in one year: its statements, and how the ledger's items for it stand."""

    year: str
    said: list[Said]
    sharpened: bool
    items: list[Held]


@dataclass(frozen=True, slots=True)
class YearsRow:
    """One problem over the years: a cell for each material, empty where it was not named."""

    state: str
    label: str
    tag: str
    cells: list[Cell]
    times: int


@dataclass(frozen=True, slots=True)
class Years:
    """The problems of an author over the years, those that stand longest first."""

    papers: list[Paper]
    rows: list[YearsRow]
    lasting: int


def over_years(by: Person, papers: list[Paper]) -> Years:
    """Return the problems of materials given oldest first."""
    found = read([paper.key for paper in papers], by.office_id)
    there = [paper for paper in papers if paper.key in found]
    whole = chain([found[paper.key] for paper in there])
    held = _ledger(by, whole)
    rows = [_years_row(there, whole, line, held) for line in whole.lines]
    rows.sort(key=lambda row: (-row.times, _ORDER.index(row.state)))
    return Years(there, rows, sum(row.times > 2 for row in rows))


def _ledger(by: Person, whole: Chain) -> dict[int, list[Held]]:
    """Return the items for the problems of all years but the last, whose items are only begun."""
    if not may(by, "ledger.read") or not whole.steps:
        return {}
    return _items(by, [step.then for step in whole.steps])


def _years_row(
    papers: list[Paper], whole: Chain, line: Line, held: Mapping[int, list[Held]]
) -> YearsRow:
    last = line.in_year(len(papers) - 1)
    state = _state(last[0]) if last else "gone"
    cells = [
        Cell(
            paper.when or paper.title,
            [said(whole.materials[year], paper.key, e.now.point) for e in line.in_year(year)],
            any(e.now.state == "sharpened" for e in line.in_year(year)),
            [item for e in line.in_year(year) for item in held.get(int(e.now.point.id), ())],
        )
        for year, paper in enumerate(papers)
    ]
    return YearsRow(state, *STATES[state], cells, len(line.years()))


def _state(entry: Entry) -> str:
    return "returned" if entry.after_gap else entry.now.state
