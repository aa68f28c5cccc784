"""The rectification report (整改情况报告) of a material, a special ledger or an item."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from luoshi.core.knowledge import table
from luoshi.core.paper.facts import ItemFact, Problem, Subject
from luoshi.core.paper.figures import Figure, figures
from luoshi.core.paper.items import sections
from luoshi.core.paper.model import Block, Heading, Note, Paper, Paragraph, Words
from luoshi.core.paper.places import count_table, places
from luoshi.core.paper.wording import listed, number, say, text


def report(subject: Subject) -> Paper:
    """Return the report. Its last footnote ties it to the state of the journal."""
    build = _Report(subject)
    if subject.special is not None:
        build.special()
    elif subject.material:
        build.material()
    else:
        build.item(subject.items[0])
    return finished(subject, titled(subject, ""), build.body)


def titled(subject: Subject, prefix: str) -> str:
    """Return the second line of the title; ``prefix`` chooses among the kinds of papers."""
    titles: dict[str, str] = table("templates/report")["titles"]
    if subject.special is not None:
        return titles[f"{prefix}special"].replace("{name}", subject.special.name)
    if subject.material:
        return titles[f"{prefix}material"].replace("{name}", subject.material)
    return titles[f"{prefix}item"].replace("{number}", subject.items[0].number)


def finished(subject: Subject, title: str, body: list[Block]) -> Paper:
    """Return the paper, with the state of the journal and its own digest in the last footnote."""
    standing = subject.standing
    made = Paper(
        (subject.office, title), subject.to, tuple(body), subject.office, standing.day
    ).fit()
    note = text("note_basis", size=standing.size, root=standing.root, digest=made.digest())
    last = Paragraph((*say("basis"), Note(note)))
    return Paper(made.title, made.to, (*made.body, last), made.signature, made.day)


class _Report:
    """Puts the blocks of a report together, counting its headings."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.today = subject.standing.day
        self.body: list[Block] = []
        self._headings = table("templates/report")["headings"]
        self._counts = [0, 0, 0, 0]
        self._where: dict[str, str] = {}

    def material(self) -> None:
        """All problems of a material, the items that answer them, and what nothing answers."""
        subject = self.subject
        self._say("opening_material", name=subject.material, day=self.today)
        self._head("overall")
        self._problem_counts()
        self._item_counts(subject.items)
        self._head("by_problem")
        by_problem = self._by_problem()
        for problem in subject.problems:
            self._problem(problem, by_problem.get(problem.key, []))
        rest = [item for item in self._shown() if not _of(item, subject.problems)]
        if rest:
            self._add(2, (self._headings["no_problem"],))
            for item in rest:
                self._item(item, 3)
        self._unverifiable()
        self._unanswered(by_problem)
        self._withdrawn()

    def special(self) -> None:
        """The one count, the places, and the items of a special ledger."""
        special = self.subject.special
        if special is None:
            return
        self._say("opening_special", name=special.name, day=self.today)
        self._head("overall")
        self.body += count_table(special)
        self._item_counts(self.subject.items)
        self._head("by_item")
        for item in self._shown():
            self._item(item, 2)
        if not self._shown():
            self._say("no_items")
        self._unverifiable()
        if special.places:
            self._head("places")
            self.body += places(special)
        self._withdrawn()

    def item(self, item: ItemFact) -> None:
        """Everything of one item, each part under a heading of its own."""
        self._say("opening_item", number=item.number, title=item.title, day=self.today)
        for section in sections(item, self.today):
            self._add(1, (section.label,))
            self.body += [Paragraph(words) for words in section.paragraphs]

    def _shown(self) -> list[ItemFact]:
        """Return the items that are told one by one: unverifiable ones stand by themselves."""
        return [i for i in self.subject.items if i.verifiable and not i.withdrawn]

    def _by_problem(self) -> dict[int, list[ItemFact]]:
        found: dict[int, list[ItemFact]] = {}
        for item in self.subject.items:
            for problem in item.problems if not item.withdrawn else ():
                found.setdefault(problem.key, []).append(item)
        return found

    def _problem_counts(self) -> None:
        answered = set(self._by_problem())
        problems = self.subject.problems
        unmade = [m.number for m in self.subject.measures if not m.made]
        frame = "note_problem_rows"
        self.body.append(
            Paragraph(
                say(
                    "problems",
                    problems=Figure(tuple(p.number for p in problems)).words(frame),
                    unanswered=Figure(
                        tuple(p.number for p in problems if p.key not in answered)
                    ).words(frame),
                    measures=Figure(tuple(m.number for m in self.subject.measures)).words(frame),
                    unmade=Figure(tuple(unmade)).words(frame),
                )
            )
        )

    def _item_counts(self, items: Sequence[ItemFact]) -> None:
        found = figures(items, self.today)
        said = say("counts", **{name: figure.words() for name, figure in found.items()})
        whole, part = len(found["all"].rows), len(found["closed"].rows)
        if whole:
            rows = [listed(found[key].rows) or text("nobody") for key in ("closed", "all")]
            note = Note(text("note_share", part=rows[0], whole=rows[1]))
            share = text("share_value", percent=_percent(part, whole), part=part, whole=whole)
            said += say("share", share=(share, note))
        self.body.append(Paragraph(said))
        if whole and part == whole:
            self._say("all_closed")

    def _problem(self, problem: Problem, items: Iterable[ItemFact]) -> None:
        self._add(2, (f"{problem.heading.rstrip('。')}（材料编号{problem.number}）",))
        if problem.details:
            self.body.append(Paragraph((problem.details,)))
        held = list(items)
        if not held:
            self._say("row_unanswered")
        for item in held:
            if not item.verifiable:
                self._say("row_unverifiable", number=item.number)
            elif item.number in self._where:
                self._say("also", number=item.number, heading=self._where[item.number])
            else:
                self._item(item, 3, {problem.key})

    def _item(self, item: ItemFact, level: int, told: Container[int] = ()) -> None:
        mark = self._add(
            level,
            say("item_heading", title=item.title, number=item.number, state=item.state_label),
        )
        self._where[item.number] = mark
        first, *rest, state = sections(item, self.today, told)
        self.body += [Paragraph(words) for words in first.paragraphs]
        for section in rest:
            if not section.empty:
                lead, *more = section.paragraphs
                self.body.append(Paragraph((f"{section.label}：", *lead)))
                self.body += [Paragraph(words) for words in more]
        nothing = [words for section in rest if section.empty for words in section.paragraphs]
        said = [part for words in (*state.paragraphs, *nothing) for part in words]
        self.body.append(Paragraph((f"{state.label}：", *said)))

    def _unverifiable(self) -> None:
        blind = [i for i in self.subject.items if not i.verifiable and not i.withdrawn]
        if not blind:
            return
        self._head("unverifiable")
        figure = Figure(tuple(item.number for item in blind))
        self.body.append(Paragraph(say("unverifiable_opening", count=figure.words())))
        for item in blind:
            self._item(item, 2)

    def _unanswered(self, answered: dict[int, list[ItemFact]]) -> None:
        self._head("unanswered")
        problems = [p for p in self.subject.problems if p.key not in answered]
        unmade = [m for m in self.subject.measures if not m.made]
        if not problems and not unmade:
            self._say("all_answered")
        rows = [
            ("unanswered_problems", [(p.heading, p.number) for p in problems]),
            ("unmade_measures", [(m.words, m.number) for m in unmade]),
        ]
        for key, held in rows:
            if held:
                figure = Figure(tuple(number for _, number in held))
                self.body.append(Paragraph(say(key, count=figure.words("note_problem_rows"))))
            for n, (words, at) in enumerate(held, 1):
                said = say("row_problem", words=words.strip().rstrip("。"), number=at)
                self.body.append(Paragraph((number(4, n), *said)))

    def _withdrawn(self) -> None:
        gone = [item for item in self.subject.items if item.withdrawn]
        if not gone:
            return
        self._head("withdrawn")
        for n, item in enumerate(gone, 1):
            merged = text("merged_into", number=item.merged_into) if item.merged_into else ""
            said = say("withdrawn_row", title=item.title, number=item.number, merged=merged)
            self.body.append(Paragraph((number(4, n), *said)))

    def _head(self, key: str) -> None:
        self._add(1, (self._headings[key],))

    def _add(self, level: int, words: Words) -> str:
        """Add a heading with the next number of its level, and return that number with those above."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        self.body.append(Heading(level, (number(level, self._counts[level - 1]), *words)))
        return "".join(number(n + 1, c) for n, c in enumerate(self._counts[:level]) if c)

    def _say(self, key: str, **values: object) -> None:
        self.body.append(Paragraph(say(key, **values)))  # type: ignore[arg-type]


def _of(item: ItemFact, problems: Iterable[Problem]) -> bool:
    known = {problem.key for problem in problems}
    return any(problem.key in known for problem in item.problems)


def _percent(part: int, whole: int) -> str:
    """Return a share in per cent with one decimal, cut off: what is not all is never 100."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
