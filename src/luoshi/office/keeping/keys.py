"""The signing key: how it stands, a new one, a recovery file, and the way back from it."""

from __future__ import annotations

import base64
import io
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from luoshi.core.journal.checkpoint import Checkpoint as Note
from luoshi.core.journal.checkpoint import CheckpointError
from luoshi.core.journal.recovery import from_lines, to_lines
from luoshi.core.journal.succession import Change, change
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.seal import Sealer, unseal
from luoshi.office.home import home
from luoshi.office.journal import clock, signing
from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.checkpoints import origin, verifier_key
from luoshi.office.journal.models import Checkpoint, Entry, Facts
from luoshi.office.keeping.actions import keys as actions

_FORM = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How the signing key stands; ``since`` and ``exported`` are moments, or None."""

    public: str
    there: bool
    since: datetime | None
    exported: datetime | None
    changes: tuple[Change, ...]


def standing() -> Standing:
    """Return how the signing key stands."""
    public, changes = verifier_key(), tuple(signing.changes())
    if changes:
        since: datetime | None = datetime.fromisoformat(changes[-1].time)
    else:
        first = Entry.objects.order_by("number").first()
        since = first.time if first else None
    return Standing(public, signing.place().exists(), since, last_export(public), changes)


def last_export(public: str) -> datetime | None:
    """Return when a recovery file of this key was last written."""
    rows = Facts.objects.filter(
        entry__subject="journal.head:1", entry__verb="journal.key.export", facts__isnull=False
    ).select_related("entry")
    times = [row.entry.time for row in rows if json.loads(row.facts or "{}").get("key") == public]
    return max(times, default=None)


def renew() -> Change:
    """Make a new signing key; the old one signs that it follows, and signs no more.

    Raises ``Refused`` when the old key is lost; nothing is changed then.
    """
    name = origin()
    old, new = signing.private_key(name), secrets.token_bytes(32)
    path = signing.waiting(signing.public_of(name, new))
    signing.write_secret(path, new)
    try:
        return actions.changed(
            by=SYSTEM, make=lambda size, time: change(name, old, new, size, time)
        )
    finally:
        path.unlink(missing_ok=True)  # it has its place now, or was not wanted


def export(passphrase: str, target: Path) -> None:
    """Write the recovery file of the signing key, sealed; the journal records it.

    Raises ``KeepingError`` for a weak passphrase and a file that is there or cannot be written,
    ``Refused`` when the key is lost; no file is left then.
    """
    key = signing.private_key(origin())
    text = _recovery_file(key, passphrase)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeepingError(f"文件“{target}”已经有了，请换一个名字。") from error
    except OSError as error:
        raise KeepingError(f"写不了“{target}”：{error.strerror}。") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        actions.exported(by=SYSTEM, key=verifier_key())
    except OSError as error:
        target.unlink(missing_ok=True)
        raise KeepingError(f"写不了“{target}”：{error.strerror}。") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _recovery_file(key: bytes, passphrase: str) -> str:
    public = verifier_key()
    held = {"form": _FORM, "origin": origin(), "key": base64.b64encode(key).decode()}
    sealed = io.BytesIO()
    sealer = Sealer(sealed, passphrase)
    sealer.write(json.dumps(held).encode())
    sealer.finish()
    day = clock.today().isoformat()
    return "\n".join([
        "落实 签名密钥恢复文件", "",
        f"系统：{origin()}", f"指纹：{signing.fingerprint(public)}", f"导出：{day}",
        "用法：luoshi keys restore 本文件，然后输入导出时的口令。",
        "可以打印出来放进保险柜；口令另外保管，两样不要放在一处。忘记口令，这份文件就没有用了。",
        "", *to_lines(sealed.getvalue()), "",
    ])  # fmt: skip


def recover(text: str, passphrase: str) -> str | None:
    """Bring the signing key back out of a recovery file; return its public key.

    None when the key was there already. Raises ``KeepingError`` with what to do for a file that
    is none, damaged, under another passphrase, or of another key; nothing is changed then.
    """
    name, key = _opened(text, passphrase)
    path = home() / "keys" / "origin"
    if path.exists() and name != origin():
        raise KeepingError(f"这是另一套系统（{name}）的恢复文件，没有改动。")
    public = signing.public_of(name, key)
    place = signing.place()
    if place.exists() and place.read_bytes() == key:
        return None
    _require_expected(name, public, there=place.exists())
    if not path.exists():
        signing.write_secret(path, name.encode())
    signing.write_secret(place, key)
    signing.write_secret(signing.public_place(), public.encode() + b"\n")
    actions.restored(by=SYSTEM, key=public)
    return public


def _opened(text: str, passphrase: str) -> tuple[str, bytes]:
    try:
        sealed = from_lines(text)
    except ValueError as error:
        raise KeepingError(f"恢复文件读不出来：{error}。") from error
    if not sealed:
        raise KeepingError("这不是签名密钥的恢复文件。请核对文件。")
    data = b"".join(unseal(io.BytesIO(sealed), passphrase))
    try:
        held = json.loads(data)
        key, name = base64.b64decode(held["key"], validate=True), str(held["origin"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeepingError("这不是签名密钥的恢复文件。请核对文件。") from error
    if held.get("form") != _FORM or len(key) != 32 or not name:
        raise KeepingError("这份恢复文件是别的版本的，请用更新的版本恢复。")
    return name, key


def _require_expected(name: str, public: str, *, there: bool) -> None:
    """Raise ``KeepingError`` unless this is the key that the deployment had."""
    expected = signing.current()
    held = signing.public_place()
    if not expected and held.exists():
        expected = held.read_text(encoding="utf-8").strip()
    if expected and public != expected:
        former = any(public == row.old for row in signing.changes())
        why = "已经停用的旧密钥" if former else "另一个密钥"
        raise KeepingError(f"恢复文件里是{why}，不是本系统现在用的，没有改动。")
    if not expected and there:
        raise KeepingError("本系统现在有另一个签名密钥，没有改动。")
    if not expected:
        _require_signed(name, public)


def _require_signed(name: str, public: str) -> None:
    """Raise ``KeepingError`` when the last checkpoint kept here was signed by another key."""
    last = Checkpoint.objects.order_by("-size", "-id").first()
    if last is None:
        return
    try:
        found: Note = signing.keyring(public).verify(last.note)
    except CheckpointError as error:
        raise KeepingError("恢复文件里的密钥没有签过本系统的校验点，没有改动。") from error
    if found.origin != name:
        raise KeepingError("恢复文件里的密钥是另一套系统的，没有改动。")


def read_file(path: Path) -> str:
    """Return the text of a recovery file; raises ``KeepingError`` when it cannot be read."""
    try:
        if path.stat().st_size > 100_000:
            raise KeepingError("文件太大，不是签名密钥的恢复文件。请核对文件。")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KeepingError(f"恢复文件“{path}”打不开。请核对文件。") from error
