"""The verifier over the database: the entries, and every row of the ledger against its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max

from luoshi.core.journal.checkpoint import Checkpoint
from luoshi.core.journal.entry import RowChange, row_digest
from luoshi.core.journal.verify import Held, Verdict, verify
from luoshi.office.journal.content import content
from luoshi.office.journal.models import DomainModel, Entry, Facts, Head, Row
from luoshi.office.journal.words import row_of

_BATCH = 500


def held_entries(first: int = 0) -> Iterator[Held]:
    """Yield the stored entries from a number on, with what they open to and their rows."""
    numbers = first - 1
    while True:
        entries = list(Entry.objects.filter(number__gt=numbers).order_by("number")[:_BATCH])
        if not entries:
            return
        keys = [entry.number for entry in entries]
        openings = Facts.objects.in_bulk(keys)
        rows: dict[int, list[RowChange]] = {}
        for row in Row.objects.filter(entry__in=keys).order_by("id"):
            change = RowChange(row.table, row.key, row.operation, row.digest)  # type: ignore[arg-type]
            rows.setdefault(row.entry_id, []).append(change)
        for entry in entries:
            yield _held(entry, openings.get(entry.number), tuple(rows.get(entry.number, ())))
        numbers = keys[-1]


def _held(entry: Entry, opening: Facts | None, rows: tuple[RowChange, ...]) -> Held:
    moment = entry.time.astimezone(UTC).isoformat(timespec="microseconds")
    salt = opening.salt if opening else b""  # a missing opening is no erased one
    return Held(
        entry.number,
        bytes(entry.data),
        bytes(entry.leaf),
        {
            "time": moment.replace("+00:00", "Z"),
            "office": entry.office,
            "verb": entry.verb,
            "subject": entry.subject,
            "actor": entry.actor,
        },
        None if salt is None else bytes(salt),
        opening.facts if opening else "",
        rows,
    )


def verify_database(checkpoints: Sequence[Checkpoint] = ()) -> Verdict:
    """Verify the whole journal, its head, and every row of every domain table."""
    verdict = verify(held_entries(), checkpoints)
    head = Head.objects.get()
    if head.size != verdict.size:
        verdict.add(None, f"留痕应有{head.size}条，实际有{verdict.size}条。")
    for model in domain_models():
        for words in (*_present(model), *_absent(model)):
            verdict.add(None, words)
    return verdict


def domain_models() -> list[type[DomainModel]]:
    """Return all models that only actions write."""
    return [model for model in apps.get_models() if issubclass(model, DomainModel)]


def _last(table: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return the last known change of each row."""
    rows = Row.objects.filter(table=table, key__in=list(keys))
    newest = rows.values("key").annotate(last=Max("id")).values("last")
    return {row.key: row for row in Row.objects.filter(id__in=newest)}


def _batches(rows: models.QuerySet[Any]) -> Iterator[list[Any]]:
    last: Any = None
    while True:
        part = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        found = list(part[:_BATCH])
        if not found:
            return
        yield found
        last = found[-1].pk


def _present(model: type[DomainModel]) -> Iterator[str]:
    """Yield what is wrong with the rows there are."""
    table = model._meta.db_table
    for rows in _batches(model.objects.all()):
        known = _last(table, (str(row.pk) for row in rows))
        for row in rows:
            last = known.get(str(row.pk))
            name = row_of(table, str(row.pk))
            if last is None or last.operation == "delete":
                yield f"{name}没有留痕，不是通过系统办理的。"
            elif last.salt is None:
                yield f"{name}的校验值已经删除，但内容还在。"
            elif row_digest(bytes(last.salt), table, str(row.pk), content(row)) != last.digest:
                yield f"{name}与它的留痕不符，被直接修改过。"


def _absent(model: type[DomainModel]) -> Iterator[str]:
    """Yield the rows that were there according to the journal and are not."""
    table = model._meta.db_table
    newest = Row.objects.filter(table=table).values("key").annotate(last=Max("id"))
    for rows in _batches(
        Row.objects.filter(id__in=newest.values("last")).exclude(operation="delete")
    ):
        keys = {row.key for row in rows}
        there = model.objects.filter(pk__in=keys).values_list("pk", flat=True)
        for key in sorted(keys - {str(pk) for pk in there}):
            yield f"{row_of(table, key)}不见了，被直接删除过。"
