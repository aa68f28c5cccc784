"""From the rows under the titles to what each of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from luoshi.core.knowledge import table
from luoshi.core.sheets import days, parts
from luoshi.core.sheets.claims import claim
from luoshi.core.sheets.days import Deadline
from luoshi.core.sheets.grid import Cells, Value, address, plain, shown
from luoshi.core.sheets.header import Column, Header
from luoshi.core.text.numerals import chinese_number

_TICKS = frozenset("√✓✔☑▲△★☆●○■◆vV1是有")
_FOOTER_MOST = 4
_ABOVE = ("source", "category", "problem", "details")
_COUNTED = frozenset({"serial", "number"})
OTHER = "other"
"""Where a row keeps the words of columns that nobody recognised, each behind its title."""
# Personal data that luoshi has no use for (个人信息保护法 6: as little as the purpose needs).
_NOT_KEPT = frozenset({"phone"})
_OWN = frozenset(_ABOVE) | _COUNTED


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with the deadline and the owners that the row gives it."""

    text: str
    deadline: Deadline
    owners: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger: ``number`` counts from 1 as the program shows it.

    ``values`` and ``cells`` are by field: the words, and where they stand. ``claim`` is what the row
    says of itself (done, closed). ``above`` names fields that were taken from the row above.
    """

    number: int
    values: dict[str, str]
    cells: dict[str, str]
    measures: tuple[Measure, ...] = ()
    claim: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no row of the ledger, and why."""

    address: str
    words: str
    why: str


@dataclass
class Reading:
    """Goes down the rows under a header."""

    cells: Cells
    header: Header
    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _section: str = ""
    _raw: list[dict[str, list[Value]]] = field(default_factory=list)

    def run(self) -> None:
        """Read every row."""
        for row in range(self.header.last + 1, self.cells.height):
            self._take(row)
        self.rows = [_finished(row, raw) for row, raw in zip(self.rows, self._raw, strict=True)]

    def _take(self, row: int) -> None:
        places = {self.cells.area(row, c) for c in self.cells.filled(row)}
        if not places:
            return
        first = min(places, key=lambda area: area.left)
        words = self.cells.words(row, first.left)
        if self._continues(row):
            self._append(row)
            return
        why = self._why_not(row, words, len(places))
        if why:
            self.skipped.append(Skipped(address(row, first.left), words[:80], why))
            return
        found, raw = self._read(row)
        if not {"problem", "details", "measure"} & set(found.values):
            self.skipped.append(
                Skipped(address(row, first.left), words[:80], "没有写问题，也没有写措施")
            )
            return
        self.rows.append(found)
        self._raw.append(raw)

    def _why_not(self, row: int, words: str, places: int) -> str:
        """Return why a row is none of the ledger; a heading over rows is kept as their category."""
        known = table("sheets/words")["rows"]
        text = plain(words)
        if self._repeats(row):
            return "表头重复"
        if self._counts_columns(row):
            return "栏号"
        if _opens(text, known["total"]):
            return "合计行"
        # A row of the ledger has something in the columns that matter.
        own = {c.field for c in self.header.columns if shown(self.cells.own(row, c.index))}
        content = own & {"problem", "details", "measure"}
        if (
            _opens(text, known["footer"])
            and places <= _FOOTER_MOST
            and (not own & {"measure"} or ":" in text)
        ):
            return "落款、签字或说明"
        if self._is_numbered_heading(row, text, places):
            return self._heading(row)
        area = self.cells.area(row, next(iter(self.cells.filled(row))))
        spans = area.right - area.left >= 2
        if places == 1 and (spans or (not content and not text.isdecimal())):
            if re.search(r"签字|签名|年\s*月\s*日|盖章", words):
                return "落款、签字或说明"
            return self._heading(row)
        return ""

    def _is_numbered_heading(self, row: int, text: str, places: int) -> bool:
        """Tell whether a row is 一 | 政治建设方面: a Chinese number, and a word for a field of work."""
        if places != 2 or chinese_number(text.rstrip("、.")) is None:
            return False
        *_, last = self.cells.filled(row)
        ends = tuple(table("sheets/words")["rows"]["headings"])
        return plain(self.cells.words(row, last)).endswith(ends)

    def _heading(self, row: int) -> str:
        """Keep the words of a row as the category of those below; return what it is called."""
        words = (self.cells.words(row, column) for column in self.cells.filled(row))
        self._section = " ".join(" ".join(words).split())
        return "小标题，作为下面各行的类别"

    def _repeats(self, row: int) -> bool:
        titled = [c for c in self.header.columns if c.titles]
        same = sum(self.cells.words(row, c.index) == c.titles[-1] for c in titled)
        return same >= 2 and same * 2 >= len(titled)

    def _counts_columns(self, row: int) -> bool:
        found = [self.cells.words(row, c.index) for c in self.header.columns]
        digits = [re.sub(r"\D", "", words) for words in found]
        return len(found) > 2 and all(
            w.strip("（）()栏") == d and d for w, d in zip(found, digits, strict=True)
        )

    def _content(self) -> list[Column]:
        return self.header.of("measure") or self.header.of("problem") or self.header.of("details")

    def _continues(self, row: int) -> bool:
        """Tell whether the measure of the row is the one that began further up."""
        columns = [c for c in self._content() if self.cells.words(row, c.index)]
        return bool(columns and self.rows) and all(
            self.cells.area(row, c.index).top < row for c in columns
        )

    def _append(self, row: int) -> None:
        last, raw = self.rows[-1], self._raw[-1]
        values = dict(last.values)
        for column in self.header.columns:
            words = shown(self.cells.own(row, column.index))
            if words and column.field and words not in values.get(column.field, "").split("\n"):
                values[column.field] = "\n".join(filter(None, (values.get(column.field), words)))
                raw.setdefault(column.field, []).append(self.cells.own(row, column.index))
        self.rows[-1] = replace(last, values=values)

    def _read(self, row: int) -> tuple[Row, dict[str, list[Value]]]:
        values: dict[str, str] = {}
        cells: dict[str, str] = {}
        raw: dict[str, list[Value]] = {}
        for column in self.header.columns:
            name = column.field or OTHER
            words = _ticked(column, self.cells.words(row, column.index))
            if not words or name in _NOT_KEPT:
                continue
            if name == OTHER:
                words = f"{' '.join(column.titles[-1].split())}：{words}"
            area = self.cells.area(row, column.index)
            cells.setdefault(name, address(area.top, area.left))
            raw.setdefault(name, []).append(self.cells.value(row, column.index))
            held = values.get(name)
            values[name] = words if held is None or held == words else f"{held}\n{words}"
        above: tuple[str, ...] = ()
        counted = self.header.fields & _COUNTED
        if counted and self.rows and "measure" in values and not values.keys() & _OWN:
            over = self.rows[-1]
            above = tuple(name for name in _ABOVE if name in over.values)
            values |= {name: over.values[name] for name in above}
            cells |= {name: over.cells[name] for name in above if name in over.cells}
        if self._section and "category" not in values:
            values["category"] = self._section
        return Row(row + 1, values, cells, above=above), raw


def _opens(text: str, words: list[str]) -> bool:
    """Tell whether a text is one of the words, or such words before a colon, bracket or figure.

    注:… is a footnote, 注重… is what a row of the ledger may begin with.
    """
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.match(rf"(?:{either})+(?:$|[:(、.\d])", text) is not None


def _ticked(column: Column, words: str) -> str:
    if not column.option or not words:
        return words
    option = " ".join(column.option.split())
    return option if words in _TICKS else f"{option} {words}"


def _finished(row: Row, raw: dict[str, list[Value]]) -> Row:
    """Return the row with its measures, each with its deadline and owners, and its claim."""
    pieces = parts.measures(row.values.get("measure", ""))
    whole = _deadline(raw.get("deadline", []))
    number = len(pieces)
    ends = _each(row.values.get("deadline", ""), number)
    owners = _each(row.values.get("person", "") or row.values.get("owner", ""), number)
    found = tuple(
        Measure(
            text, days.read(ends[n]) if ends else whole, owners[n] if owners else ""
        )
        for n, text in enumerate(pieces)
    )  # fmt: skip
    return replace(row, measures=found, claim=claim(row.values))


def _each(words: str, number: int) -> tuple[str, ...]:
    """Return the pieces of a cell where it has one for each measure, else ()."""
    if number < 2 or not words:
        return ()
    return parts.counted(words, number)


def _deadline(held: list[Value]) -> Deadline:
    """Return the last day that any column of the deadline names, else the first words."""
    found = [deadline for value in held if (deadline := days.read(value)).words]
    dated = [deadline for deadline in found if deadline.day is not None]
    if dated:
        return max(dated, key=lambda deadline: deadline.day or days.read("").day)  # type: ignore[arg-type,return-value]  # dated
    return found[0] if found else Deadline()
