"""A deployment was brought back from a backup: the journal says so itself."""

from __future__ import annotations

from luoshi.core.journal.canonical import Value
from luoshi.office.journal import storage
from luoshi.office.journal.act import Act, Actor, action


@action("journal.restored", "从备份恢复", needs="journal.lodge")
def record_restore(act: Act, *, by: Actor, made: str, size: int, lost: int, erased: int) -> None:
    """Record when the backup was made, its entries, how many are known to be lost, persons erased."""
    facts: dict[str, Value] = {"made_at": made, "size": size, "lost": lost, "erased": erased}
    act.about(storage.head(), facts=facts)
