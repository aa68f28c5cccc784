"""Signed tree heads: made daily and on demand, lodged with a body outside the office."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, date

from django.utils import timezone

from luoshi.core.journal import checkpoint as core
from luoshi.core.journal.merkle import Frontier
from luoshi.office import home
from luoshi.office.journal import aftermath, clock, signing, storage
from luoshi.office.journal.act import Act, Actor, action
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.journal.models import Checkpoint, Head

# After so many days without lodging the page and `luoshi doctor` warn (default, unconfirmed).
WARN_DAYS = 30


def origin() -> str:
    """Return the name of this deployment's log; made once, never changed."""
    given = os.environ.get("LUOSHI_ORIGIN", "")
    if given:
        return given
    path = home.home() / "keys" / "origin"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(f"luoshi.local/{secrets.token_hex(6)}")
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8").strip()


def verifier_key() -> str:
    """Return the public key under which checkpoints of this deployment are verified."""
    return signing.public_key(origin())


@action("journal.checkpoint", "生成校验点", needs="journal.lodge")
def make_checkpoint(act: Act, *, by: Actor) -> Checkpoint:
    """Sign the tree as it stands before this entry."""
    tree = storage.head()
    if tree.size == 0:
        raise Refused("还没有留痕，不需要生成校验点。")
    root = Frontier.from_bytes(tree.size, bytes(tree.nodes)).root()
    time = act.time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    note = core.sign(
        core.Checkpoint(origin(), tree.size, root, time), signing.private_key(origin())
    )
    row = Checkpoint.objects.create(size=tree.size, time=act.time, note=note)
    act.about(row, facts={"size": tree.size, "root": root.hex()})
    return row


@action("journal.lodge", "登记校验点报存", needs="journal.lodge")
def lodge(act: Act, *, by: Actor, checkpoint: int, body: str, day: date) -> Checkpoint:
    """Record with which body outside the office a checkpoint was lodged, and when."""
    row = Checkpoint.objects.filter(pk=checkpoint).first()
    if row is None:
        raise NotFound("没有找到这个校验点。")
    if row.lodged_with:
        raise Refused("这个校验点已经登记过报存。")
    if not body.strip() or len(body.strip()) > 100:
        raise Refused("请写明报存到哪个单位（最多100个字）。")
    if not timezone.localdate(row.time) <= day <= clock.today():
        raise Refused("报存日期应当在生成之后、今天之前。")
    row.lodged_with, row.lodged_at = body.strip(), act.time
    row.save()
    act.about(row, facts={"body": row.lodged_with, "day": day.isoformat()})
    aftermath.later()
    return row


@dataclass(frozen=True, slots=True)
class Standing:
    """How the journal stands: entries, the tree head, and the last checkpoint lodged."""

    size: int
    root: str
    lodged: Checkpoint | None
    days: int | None

    @property
    def is_late(self) -> bool:
        """Tell whether nothing was lodged outside for too long."""
        return self.size > 0 and (self.days is None or self.days > WARN_DAYS)

    def words(self) -> str:
        """Return in Chinese how old the last lodged checkpoint is."""
        if self.days is None:
            return "还没有校验点报存到单位以外。"
        where = self.lodged.lodged_with if self.lodged else ""
        return f"最近一次报存是{self.days}天前（{where}）。"


def standing() -> Standing:
    """Return how the journal stands now."""
    tree = Head.objects.get()
    root = Frontier.from_bytes(tree.size, bytes(tree.nodes)).root().hex()
    row = Checkpoint.objects.exclude(lodged_with="").order_by("-size", "-id").first()
    days = None
    if row is not None and row.lodged_at is not None:
        days = (clock.today() - timezone.localdate(row.lodged_at)).days
    return Standing(tree.size, root, row, days)


def head_line() -> str:
    """Return the line that receipts print: how many entries, and the root of the tree."""
    now = standing()
    return f"留痕第{now.size}条，校验值 {now.root[:16]}"


def verified(notes: list[str], key: str) -> list[core.Checkpoint]:
    """Return what signed notes say, by this key or one that the journal connects with it.

    Raises ``CheckpointError`` for one that is not genuine.
    """
    ring = signing.keyring(key)
    return [ring.verify(note) for note in notes]
