"""A pack was imported or taken out of use: the journal says which, and who did it."""

from __future__ import annotations

from luoshi.core.packs.model import Pack
from luoshi.office.journal import storage
from luoshi.office.journal.act import Act, Actor, action


@action("pack.import", "导入资料包", needs="office.manage")
def recorded_import(act: Act, *, by: Actor, pack: Pack) -> None:
    """Record name, version, content and the hash of the list of a pack that is about to appear."""
    act.about(
        storage.head(),
        facts={
            "name": pack.name, "title": pack.title, "version": pack.version,
            "content": sorted(pack.tables), "sha256": pack.digest,
        },
    )  # fmt: skip


@action("pack.remove", "删去资料包", needs="office.manage")
def recorded_removal(act: Act, *, by: Actor, name: str, back: bool) -> None:
    """Record that a pack is taken out of use; ``back``: the version before is used again."""
    act.about(storage.head(), facts={"name": name, "back": back})
