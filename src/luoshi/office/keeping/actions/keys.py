"""What happens to the signing key stands in the journal; the key itself never does."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from luoshi.core.journal.succession import VERB, Change
from luoshi.office.journal import aftermath, storage
from luoshi.office.journal.act import Act, Actor, action


@action(VERB, "更换签名密钥", needs="journal.lodge")
def changed(act: Act, *, by: Actor, make: Callable[[int, str], Change]) -> Change:
    """Record a change of keys, signed by both; the new key takes its place when it is committed.

    ``make`` is given the journal's size and the time, and has the new key waiting on the disk.
    """
    from luoshi.office.journal import signing

    tree = storage.head()
    made = make(tree.size, act.time.isoformat(timespec="seconds"))
    act.about(tree, facts=made.facts())
    transaction.on_commit(lambda: signing.take_over(made.new))
    aftermath.later()
    return made


@action("journal.key.export", "导出签名密钥", needs="journal.lodge")
def exported(act: Act, *, by: Actor, key: str) -> None:
    """Record that the key with this public key was written into a recovery file."""
    act.about(storage.head(), facts={"key": key})


@action("journal.key.restore", "恢复签名密钥", needs="journal.lodge")
def restored(act: Act, *, by: Actor, key: str) -> None:
    """Record that the key with this public key came back out of a recovery file."""
    act.about(storage.head(), facts={"key": key})
