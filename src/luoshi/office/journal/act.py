"""The one way to write: an action, its rows, its single entry, in one transaction.

::

    @action("ledger.progress.add", "记录进展", needs="commitment.work")
    def add_progress(act: Act, *, by: Actor, commitment: int, text: str) -> Progress:
        item = act.lock(Commitment, commitment)
        row = act.save(Progress(commitment=item, text=text))
        act.about(item, facts={"text": text})
        return row

    add_progress(by=person, commitment=17, text="…")

A function without ``act.about`` leaves no entry and is refused when it ends: every action
leaves exactly one.
"""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.db import OperationalError, connection, models, transaction

from luoshi.core.journal.canonical import SALT_BYTES, Value
from luoshi.core.journal.entry import Operation, RowChange, row_digest
from luoshi.office.journal import guard, storage
from luoshi.office.journal.content import content
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Unavailable
from luoshi.office.journal.held import Held
from luoshi.office.journal.models import DomainModel
from luoshi.office.journal.statements import Select

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=DomainModel)


class Actor(Protocol):
    """Who acts: a person of an office, or the program itself."""

    @property
    def actor_key(self) -> str:
        """Return the name behind the pseudonym, such as ``person:17``."""

    @property
    def office_id(self) -> int | None:
        """Return the office, or None for the deployment itself."""


class SystemActor:
    """The program: sweeps and set-up act in its name."""

    actor_key = "system"
    office_id: int | None = None


SYSTEM = SystemActor()


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of action: its ``name`` in entries, its Chinese ``wording``, what it ``needs``."""

    name: str
    wording: str
    needs: str
    function: Callable[..., Any]


VERBS: dict[str, Verb] = {}
# Registered by the app that knows roles; until then nothing but the program may act.
_permission: list[Callable[[Actor, str, Any], bool]] = []


def use_permissions(check: Callable[[Actor, str, Any], bool]) -> None:
    """Register who answers "may this actor do this to that?"."""
    _permission[:] = [check]


def may(by: Actor, permission: str, thing: Any = None) -> bool:
    """Tell whether an actor has a permission (for one thing, if given)."""
    if by is SYSTEM or not permission:
        return True
    return bool(_permission) and _permission[0](by, permission, thing)


class Act:
    """An open action. Functions marked with `action` get one; nobody else makes one."""

    def __init__(self, verb: Verb, by: Actor) -> None:
        self.verb = verb
        self.by = by
        self.time = storage.begin()
        self._rows: list[tuple[RowChange, bytes]] = []
        self._held = Held()
        self._about: tuple[str, str, Mapping[str, Value]] | None = None

    def lock(self, model: type[Row], key: Any, **conditions: Any) -> Row:
        """Return a row of the actor's office, locked until the action ends.

        Raises ``NotFound`` when there is none: another office's row is no different from
        one that does not exist.
        """
        try:
            office = self.by.office_id if _has_office(model) else None
            row: Row | None = _locked(model, key, office, conditions)
        except (TypeError, ValueError, OverflowError):
            row = None
        if row is None:
            raise NotFound("没有找到这一项，可能已被删除，或者不属于本单位。")
        self._held.keep(row)
        return row

    def before(self, row: Row, column: str) -> Any:
        """Return what the database holds in a column of a row locked by this action, else None."""
        return self._held.known(row).get(column)

    def require(self, permission: str, thing: Any) -> None:
        """Raise ``NotAllowed`` unless the actor has the permission for this thing."""
        if not may(self.by, permission, thing):
            raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")

    def save(self, row: Row) -> Row:
        """Insert or update a row; its digest goes into the entry. Returns the row.

        Of a row that the action has locked only the columns that changed are written.
        """
        operation: Operation = "insert" if row._state.adding else "update"
        with guard.saving(), self._held.saving(row):
            row.save()
        self._keep(row, operation)
        return row

    def create_many(self, rows: Iterable[Row]) -> list[Row]:
        """Insert rows of one model at once."""
        made = list(rows)
        if not made:
            return []
        with guard.saving():
            base: models.QuerySet[Any] = models.QuerySet(type(made[0]))
            base.bulk_create(made, batch_size=500)
        for row in made:
            self._keep(row, "insert")
        return made

    def delete(self, row: DomainModel) -> None:
        """Delete a row that nothing refers to."""
        key, table = str(row.pk), row._meta.db_table
        with guard.saving():
            row.delete()
        self._rows.append((RowChange(table, key, "delete", ""), b""))

    def about(self, subject: models.Model, *, facts: Mapping[str, Value]) -> None:
        """Say what was done, to what; once in an action.

        ``facts`` never holds a person's name: persons stand in it by their numbers.
        """
        if self._about is not None:
            raise RuntimeError(f"{self.verb.name}: two entries in one action")
        office = getattr(subject, "office_id", None) or self.by.office_id
        if subject._meta.model_name == "office":
            office = subject.pk
        self._about = (f"{subject._meta.label_lower}:{subject.pk}", str(office or ""), facts)

    def _keep(self, row: DomainModel, operation: Operation) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        table, key = row._meta.db_table, str(row.pk)
        digest = row_digest(salt, table, key, content(row))
        self._rows.append((RowChange(table, key, operation, digest), salt))

    def close(self) -> None:
        """Append the entry; raises ``RuntimeError`` where the function named no subject."""
        if self._about is None:
            raise RuntimeError(f"{self.verb.name}: the action says nothing of what it did")
        subject, office, facts = self._about
        storage.append(
            time=self.time,
            office=office,
            verb=self.verb.name,
            subject=subject,
            actor=self.by.actor_key,
            facts=facts,
            rows=self._rows,
        )


_LARGEST = 2**63  # what a key can be at most


def _locked(
    model: type[Row], key: Any, office: int | None, conditions: Mapping[str, Any]
) -> Row | None:
    if office is not None and type(key) is int and 0 < key < _LARGEST and not conditions:
        found = _of_office(model).rows(key, office)
        return found[0] if found else None
    rows = model.objects.filter(pk=key, **conditions)
    if office is not None:
        rows = rows.filter(office_id=office)
    row: Row | None = _for_update(rows).first()
    return row


def _for_update(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    if connection.features.has_select_for_update:
        return rows.select_for_update(of=("self",))
    return rows


@cache
def _of_office(model: type[Row]) -> Select:
    """Return the query for one row of an office, locked (see `statements`)."""
    rows = model._base_manager
    return Select(lambda: _for_update(rows.filter(pk=1).filter(office_id=2)), 1, 2)


@cache
def _has_office(model: type[models.Model]) -> bool:
    return any(field.name == "office" for field in model._meta.concrete_fields)


def action(
    name: str, wording: str, *, needs: str
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[P, R]]:
    """Make a function an action: one transaction, the permission ``needs``, one entry.

    Raises ``TypeError`` for a function without a keyword-only ``by``, and for a name that is
    taken. The action itself raises ``NotAllowed`` and whatever the function raises; then
    nothing is written.
    """

    def mark(function: Callable[Concatenate[Act, P], R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        if "by" not in parameters or parameters["by"].kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{name}: an action takes a keyword-only `by`")
        if name in VERBS:
            raise TypeError(f"{name}: there is such an action already")

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs["by"]
            if guard.current():
                raise RuntimeError(f"{name} inside {guard.current()}: actions do not nest")
            if not may(by, needs):
                raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")
            try:
                with transaction.atomic(durable=True), guard.opened(name):
                    act = Act(verb, by)
                    result = function(act, *args, **kwargs)
                    act.close()
            except OperationalError as error:
                raise Unavailable(
                    "系统暂时不能写入，可能是磁盘已满或者数据库正忙。没有作任何改动，请稍后再试；"
                    "一直这样的，请与管理员联系。"
                ) from error
            return result

        verb = VERBS[name] = Verb(name, wording, needs, run)
        return run

    return mark


__all__ = ["SYSTEM", "VERBS", "Act", "Actor", "Refused", "Verb", "action", "may"]
