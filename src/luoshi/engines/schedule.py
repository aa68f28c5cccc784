"""Which item is where while :class:`luoshi.engines.bounded.BoundedPool` works through many."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing import connection
from typing import Any, Generic

from luoshi.engines import worker
from luoshi.engines.leash import Leash
from luoshi.engines.outcome import FaultError, Item, Result, decode

_PATIENCE = 3
_LARGEST_BATCH = 32
_QUICK_SECONDS = 0.02
_AHEAD_PER_WORKER = 64
_HELD_BYTES = 64 * 1024 * 1024


class Run(Generic[Item]):
    """One pass over items with workers that come and go; ``leashes`` is the pool's own list.

    An item waits, is pending at a worker, or is done. One that a worker died over or ran out of
    memory at, when that worker had served others before, becomes a suspect: it is tried again as
    the first of a fresh worker, so that its result never depends on its neighbours.
    """

    def __init__(
        self,
        leashes: list[Leash[Any]],
        workers: int,
        memory_bytes: int,
        use: worker.Use,
        items: Iterable[Item],
    ) -> None:
        self._leashes: list[Leash[Item]] = leashes
        self._workers = workers
        self._memory_bytes = memory_bytes
        self._use = use
        self._source = iter(items)
        self._more = True
        self._waiting: deque[tuple[int, Item]] = deque()
        self._suspects: deque[tuple[int, Item]] = deque()
        self._done: dict[int, tuple[Item, bytes | FaultError]] = {}
        self._held = 0  # bytes of frames in _done
        self._drawn = 0  # items taken from the source
        self._next = 0  # the item whose result is to be yielded next
        self._batch = 1

    def results(self) -> Iterator[Result[Item]]:
        """Yield the results in the order of the items until nothing is left."""
        while True:
            self._fill()
            self._staff()
            self._dispatch()
            if self._next in self._done:
                yield self._take()
            elif self._more or self._next < self._drawn:
                self._listen()
            else:
                return

    def _fill(self) -> None:
        """Draw items from the source, never far beyond the next result to be yielded."""
        room = self._workers * _AHEAD_PER_WORKER if self._held < _HELD_BYTES else 1
        while (
            self._more
            and self._drawn - self._next < room
            and len(self._waiting) < self._workers * self._batch
        ):
            try:
                item = next(self._source)
            except StopIteration:
                self._more = False
                return
            self._waiting.append((self._drawn, item))
            self._drawn += 1

    def _staff(self) -> None:
        """Start workers while there is work for them; have all of them import the task."""
        while self._is_short_handed():
            self._leashes.append(Leash(self._memory_bytes))
        for leash in list(self._leashes):
            if leash.use is not self._use and not leash.prepare(self._use):
                self._dismiss(leash)

    def _is_short_handed(self) -> bool:
        if len(self._leashes) >= self._workers:
            return False
        if self._suspects and all(leash.served for leash in self._leashes):
            return True
        busy = sum(bool(leash.pending) for leash in self._leashes)
        return len(self._leashes) < busy + len(self._waiting)

    def _dispatch(self) -> None:
        """Give each idle worker a batch: as many items as take little time, fairly shared."""
        for leash in [each for each in self._leashes if each.idle]:
            if self._suspects and not leash.served:
                batch = [self._suspects.popleft()]
            else:
                share = min(self._batch, math.ceil(len(self._waiting) / self._workers))
                batch = [self._waiting.popleft() for _ in range(share)]
            if batch and not leash.feed(batch, _PATIENCE * self._use.seconds):
                leash.pending.clear()  # it died while idle and has seen none of them
                self._waiting.extendleft(reversed(batch))
                self._dismiss(leash)

    def _take(self) -> Result[Item]:
        item, frame = self._done.pop(self._next)
        self._next += 1
        self._held -= len(frame) if isinstance(frame, bytes) else 0
        return decode(item, frame)

    def _listen(self) -> None:
        """Wait until a worker answers or is overdue, and take in all that came."""
        active = [leash for leash in self._leashes if not leash.idle]
        if not active:
            return
        first = min(leash.deadline for leash in active)
        heard = connection.wait(
            [leash.channel for leash in active], max(0.0, first - time.monotonic())
        )
        now = time.monotonic()
        for leash in active:
            if leash.channel in heard:
                self._hear(leash)
            elif now >= leash.deadline:
                self._dismiss(leash, expired=True)

    def _hear(self, leash: Leash[Item]) -> None:
        frame = leash.receive() or b""
        kind = frame[:1]
        if kind == worker.BROKEN:
            raise RuntimeError(f"no task {self._use.task}\n{frame[2:].decode(errors='replace')}")
        if kind == worker.READY:
            leash.ready = True
        elif not frame or not leash.pending:
            self._dismiss(leash)
        elif kind == worker.MEMORY:
            self._dismiss(leash, out_of_memory=True)
        else:
            index, item = leash.answered(_PATIENCE * self._use.seconds)
            self._done[index] = (item, frame)
            self._held += len(frame)
            if not leash.pending:
                self._adapt(leash, worn=frame[1:2] == worker.WORN)

    def _adapt(self, leash: Leash[Item], *, worn: bool) -> None:
        """After a batch: make the next one longer or shorter, and let a grown worker go."""
        quick = time.monotonic() - leash.fed < _QUICK_SECONDS
        self._batch = min(_LARGEST_BATCH, 2 * self._batch) if quick else max(1, self._batch // 2)
        if worn:
            self._dismiss(leash)

    def _dismiss(
        self, leash: Leash[Item], *, expired: bool = False, out_of_memory: bool = False
    ) -> None:
        """End a worker; the item it was at is to blame, the others that it had wait again."""
        self._leashes.remove(leash)
        ending = leash.end(expired=expired)
        if not leash.ready and not leash.served:
            raise RuntimeError(f"a worker did not start; {ending.details}")
        if not leash.pending:
            return
        index, item = leash.pending.popleft()
        self._waiting.extendleft(reversed(leash.pending))
        code = "memory" if out_of_memory else ending.code
        if code == "timeout" or not leash.served:
            self._done[index] = (item, FaultError(code, ending.details))
        else:
            self._suspects.append((index, item))
