"""How a deployment stands: what `luoshi doctor` looks at in one that is set up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, connection

from luoshi.core.deadlines.workdays import official
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.packs.store import installed
from luoshi.office.accounts.models import Office
from luoshi.office.home import home, packs
from luoshi.office.journal import checkpoints, clock, signing
from luoshi.office.journal.models import Head
from luoshi.office.journal.storage import TOLERANCE
from luoshi.office.journal.verification import held_entries
from luoshi.office.keeping import beside, keys, lock, places, pruning
from luoshi.office.keeping.upgrade import behind
from luoshi.office.supervision.sweep import last_day

# All default, unconfirmed.
BACKUP_DAYS = 2
AHEAD_DAYS = 90
LEAST_BYTES = 1024**3
SWEEP_DAYS = 1
OLD_DAYS = 400
_RECENT = 1000


class Finding(NamedTuple):
    """One thing looked at: its name, ``good``, ``missing`` (a warning) or ``bad``, and words."""

    name: str
    state: str
    words: str


def look() -> Iterator[Finding]:
    """Yield how the deployment stands; after a database that cannot be used, only what needs none."""
    usable = True
    for finding in _database():
        usable = usable and finding.state != "bad"
        yield finding
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _room, _keys, _calendar, _packs, _backup, _serving,
    )  # fmt: skip
    more = (_clock, _sweep, _signing, _journal, _lodged, _erasures)
    for each in (*looks, *(more if usable else ())):
        yield from each()


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
            cursor.execute("SELECT sqlite_version()" if name == "SQLite" else "SHOW server_version")
            yield Finding("数据库", "good", f"{name} {cursor.fetchone()[0]}")
        left = len(behind())
    except DatabaseError as error:
        yield Finding("数据库", "bad", f"连不上：{str(error).strip().splitlines()[0][:200]}")
        return
    if left:
        yield Finding(
            "数据表", "bad", f"是旧版本的，有 {left} 处要更新。请停止服务，运行 luoshi upgrade"
        )
    else:
        yield Finding("数据表", "good", "与程序的版本相符")


def _room() -> Iterator[Finding]:
    free = shutil.disk_usage(home()).free
    few = free < LEAST_BYTES
    words = f"{free / 1024**3:.1f} GB" + ("，太少了，请清理磁盘" if few else "")
    yield Finding("数据所在磁盘", "bad" if few else "good", words)


def _keys() -> Iterator[Finding]:
    places_ = [home() / "keys", *(p for p in (home() / "keys").iterdir() if p.name != "origin")]
    wide = [p for p in places_ if p.stat().st_mode & 0o077]
    if wide:
        yield Finding(
            "密钥", "bad", f"别人也能读（{wide[0].name}）。请运行：chmod -R go= {home() / 'keys'}"
        )
    else:
        yield Finding("密钥", "good", "只有运行程序的账号能读")


def _signing() -> Iterator[Finding]:
    """See that the signing key is there, and could be found again if it were not."""
    now = keys.standing()
    name = f"签名密钥 {signing.fingerprint(now.public)}"
    if not now.there:
        yield Finding(name, "bad", "不见了。请用 luoshi keys restore 和恢复文件找回")
    elif now.exported is None:
        words = "还没有导出恢复文件，丢了就只能从备份找回。请运行 luoshi keys export"
        yield Finding(name, "missing", words)
    else:
        yield Finding(name, "good", f"{_local(now.exported):%Y-%m-%d}导出过恢复文件")


def _serving() -> Iterator[Finding]:
    try:
        with lock.held(alone=True):
            yield Finding("网页服务", "missing", "没有在运行。要用时请运行 luoshi serve")
    except KeepingError:
        yield Finding("网页服务", "good", "正在运行")


def _sweep() -> Iterator[Finding]:
    days = [last_day(key) for key in Office.objects.values_list("pk", flat=True)]
    if not days:
        return
    never = any(day is None for day in days)
    age = max(((clock.today() - day).days for day in days if day is not None), default=0)
    if never:
        yield Finding("每日巡查", "missing", "还没有运行过。luoshi serve 运行时每天自动巡查")
    elif age > SWEEP_DAYS:
        words = f"最近一次在{age}天前，之后该送达的督办单没有送。请检查服务是不是一直在运行"
        yield Finding("每日巡查", "missing", words)
    else:
        yield Finding("每日巡查", "good", "最近一次在今天" if age == 0 else "最近一次在昨天")


def _calendar() -> Iterator[Finding]:
    last = clock.today() + timedelta(days=AHEAD_DAYS)
    known = official()
    if known.covers(clock.today(), last):
        yield Finding("期限推算", "good", f"今后{AHEAD_DAYS}天的放假安排齐全")
    else:
        words = f"{last.year}年的放假安排还没有，算到那时的期限只是估计。请导入新一年的安排（luoshi pack import）"
        yield Finding("期限推算", "missing", words)


def _packs() -> Iterator[Finding]:
    for each in installed(packs()):
        if each.pack is None:
            words = f"{each.name}不能用，{each.trouble}。请重新导入，或者用 luoshi pack remove 删去"
            yield Finding("资料包", "bad", words)
        else:
            words = f"{each.name} 版本 {each.pack.version}（{each.pack.title}）"
            yield Finding("资料包", "good", words)


def _backup() -> Iterator[Finding]:
    last = places.last()
    if last is None:
        yield Finding("备份", "missing", "还没有备份过。请运行 luoshi backup，并安排每天自动备份")
        return
    path, time = last
    age = clock.now() - time
    words = f"最近一次在{age.days}天前（{path}）" if age.days else f"最近一次在今天（{path}）"
    if not Path(path).exists():
        yield Finding("备份", "missing", f"{words}，但文件已经不在那里")
    elif age > timedelta(days=BACKUP_DAYS):
        yield Finding("备份", "missing", f"{words}，太久了")
    else:
        yield Finding("备份", "good", words)
    yield from _backup_folders()


def _backup_folders() -> Iterator[Finding]:
    """See that the next backup has room, and that old ones come to an end."""
    for folder in (f for f in places.folders() if f.is_dir()):
        found = pruning.backups(folder)
        if not found:
            continue
        # A backup is made beside a copy of the database: for a moment it needs more than its size.
        free, last = shutil.disk_usage(folder).free, max(p.stat().st_size for p in found)
        if free < max(2 * last, LEAST_BYTES):
            words = f"“{folder}”只剩 {free / 1024**3:.1f} GB，下一次备份可能放不下"
            yield Finding("备份所在磁盘", "bad", words)
        oldest = datetime.fromtimestamp(min(p.stat().st_mtime for p in found), tz=clock.zone())
        age = (clock.today() - oldest.date()).days
        if age > OLD_DAYS:
            words = (
                f"“{folder}”里有 {len(found)} 份，最早的在{age}天前，里面可能还有已依法删除的个人信息。"
                "请用 luoshi backup 的 --daily、--weekly、--monthly 写明保留多久"
            )
            yield Finding("旧备份", "missing", words)


def _clock() -> Iterator[Finding]:
    last = Head.objects.get().time
    if last is not None and clock.now() < last - TOLERANCE:
        yield Finding("本机时间", "bad", "早于最近一次留痕，校准以前什么也不能办理")
    else:
        yield Finding("本机时间", "good", f"{_local(clock.now()):%Y-%m-%d %H:%M}")


def _local(time: datetime) -> datetime:
    return time.astimezone(clock.zone())


def _journal() -> Iterator[Finding]:
    """Look at the last entries: the whole is for `luoshi journal verify`."""
    from luoshi.core.journal.merkle import leaf_hash

    size = Head.objects.get().size
    number = first = max(0, size - _RECENT)
    for held in held_entries(first):
        if held.number != number or leaf_hash(held.data) != held.leaf:
            break
        number += 1
    if number == size:
        yield Finding("留痕", "good", f"{size} 条，最近 {size - first} 条没有问题")
    else:
        words = f"第{number}条起有不一致，请运行 luoshi journal verify 全部校验"
        yield Finding("留痕", "bad", words)


def _lodged() -> Iterator[Finding]:
    now = checkpoints.standing()
    yield Finding("校验点", "missing" if now.is_late else "good", now.words().rstrip("。"))


def _erasures() -> Iterator[Finding]:
    """See that every folder of backups knows who was erased."""
    wanted = beside.now().erased
    for folder in places.folders():
        path = folder / beside.NAME
        if folder.is_dir() and (not path.exists() or not wanted <= beside.read(path).erased):
            words = f"“{folder}”里的不是最新的。请往那里再备份一次"
            yield Finding("删除登记", "bad", words)
            return
    yield Finding("删除登记", "good", f"{len(wanted)} 条")
