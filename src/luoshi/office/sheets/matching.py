"""Which measures of a workbook are in the ledger already, and which have changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q

from luoshi.core.sheets.columns import label
from luoshi.core.sheets.grid import plain
from luoshi.core.sheets.pieces import Piece, differences
from luoshi.office.ledger.models import Commitment
from luoshi.office.sheets.models import ImportedRow

_ALIKE = 0.6
Difference = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """The item that a measure became; ``row`` is how it came in (None: found by its number)."""

    item: Commitment
    row: ImportedRow | None
    differences: tuple[Difference, ...] = ()


def match(office: int, pieces: Sequence[Piece]) -> tuple[dict[str, Match], set[str]]:
    """Return the items of measures that are known, by the id of the piece, in two statements.

    With them the keys that earlier imports have taken: a measure with one of these that is not
    known itself says again what another row of the workbook says.
    """
    found = _by_number(office, pieces)
    rest = [piece for piece in pieces if piece.id not in found]
    stored = list(
        ImportedRow.objects.filter(
            Q(base__in={p.base for p in rest}) | Q(spot__in={p.spot for p in rest}), office=office
        ).select_related("commitment").order_by("id")
    )  # fmt: skip
    used = {match.item.pk for match in found.values()}
    for name in ("key", "base", "spot"):
        free = [row for row in stored if row.commitment_id not in used]
        of_rows = Counter(getattr(row, name) for row in free)
        by_name = {getattr(row, name): row for row in free}
        of_pieces = Counter(getattr(piece, name) for piece in rest)
        for piece in rest:
            value = getattr(piece, name)
            row = by_name.get(value)
            # What is not the only one of its kind on both sides may be any of them.
            if row is None or piece.id in found or row.commitment_id in used:
                continue
            if name == "key" or (of_rows[value] == 1 and of_pieces[value] == 1):
                used.add(row.commitment_id)
                found[piece.id] = Match(
                    row.commitment, row, tuple(differences(row.content, piece.content))
                )
        rest = [piece for piece in rest if piece.id not in found]
    return found, {row.key for row in stored}


def _by_number(office: int, pieces: Sequence[Piece]) -> dict[str, Match]:
    """Return the items whose own number stands in the row, where the words are theirs as well."""
    numbers = {piece.values["number"] for piece in pieces if piece.values.get("number")}
    items = Commitment.for_office(office).filter(number__in=numbers).select_related("owner", "unit")
    by_number = {item.number: item for item in items}
    found: dict[str, Match] = {}
    for piece in pieces:
        item = by_number.get(piece.values.get("number", ""))
        if item is not None and _is_of(piece, item):
            found.setdefault(piece.id, Match(item, None, tuple(_against(piece, item))))
    return found


def _is_of(piece: Piece, item: Commitment) -> bool:
    words, title = plain(piece.values.get("measure", "")), plain(item.title).rstrip("…")
    if plain(piece.measure) in title or title in words:
        return True
    return SequenceMatcher(None, words, title, autojunk=False).ratio() >= _ALIKE


def _against(piece: Piece, item: Commitment) -> list[Difference]:
    """Return where the row says something else than the item."""
    day = item.deadline.isoformat() if item.deadline else ""
    title = item.title.rstrip("…")
    said = piece.values
    pairs: list[tuple[str, str, str, bool]] = [
        ("measure", item.title, said.get("measure", ""), plain(title) not in plain(said["measure"])),
        ("deadline", day, piece.deadline["day"], bool(piece.deadline["day"])),
    ]  # fmt: skip
    for name, row in (("person", item.owner), ("unit", item.unit)):
        words = said.get(name, "")
        there = row.name if row is not None else ""
        pairs.append((name, there, words, bool(words) and plain(there) not in plain(words)))
    return [
        (label(n), old, new) for n, old, new, look in pairs if look and plain(old) != plain(new)
    ]
