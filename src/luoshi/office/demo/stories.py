"""How commitments fare in the demonstration: each story puts its steps into the calendar.

Days are told as so many before today, and fall on the next working day.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from luoshi.office.demo.matter import Matter

Story = Callable[[Matter, int], None]
Step = tuple[int, Callable[[], object]]
STORIES: dict[str, Story] = {}
_MONTH = 30
_AHEAD = 60
# Days from publication to closing, and from closing to the look back.
_PUBLIC = 7
_WATCH = 63
# Nothing is worked on in the last days before it is done.
_REST = 8


def story(function: Story) -> Story:
    """Register a story under the name of its function."""
    STORIES[function.__name__.strip("_")] = function
    return function


def _open(m: Matter, start: int, due: int) -> None:
    """Let it be drafted, claimed and begun; ``due``: so many days before today."""
    _draft(m, start, due)
    m.stage.on(start - 2, m.claim)
    if "standing" not in m.told:
        m.stage.on(start - 3, m.start)


def _draft(m: Matter, start: int, due: int) -> None:
    on, last = m.stage.on, m.stage.day(due)
    on(start, m.write)
    on(start, partial(m.agree, last))
    on(start - 1, m.propose)


def _work(m: Matter, start: int, until: int, reached: float = 0.9) -> None:
    """Let notes and readings come month by month, up to a share of the way."""
    span = max(1, start - until)
    for number, ago in enumerate(range(start - 6, until, -_MONTH)):
        m.stage.on(ago, partial(m.note, number))
        m.stage.on(ago - 3, partial(m.read, reached * (start - ago) / span))
        if number == 1:
            m.stage.on(ago - 4, m.own_evidence)


def _finish(m: Matter, done: int, *later: Step, passed: bool = True) -> None:
    """Let the work be done, applied for and verified, and what comes later follow."""
    m.stage.chain(done, m.prove, *_verified(m, passed), *later)


def _verified(m: Matter, passed: bool = True) -> tuple[Step, ...]:
    return (1, m.apply), (1, m.assign), (2, partial(m.verify, passed))


def _closed(m: Matter) -> tuple[Step, ...]:
    return (_PUBLIC, m.close), (_WATCH, m.confirm)


@story
def confirmed(m: Matter, start: int) -> None:
    """Done in time, verified, closed, looked at again."""
    done = max(start - 130, 90)
    _open(m, start, done - 25 if m.number % 4 else done + 12)
    _work(m, start, done + _REST)
    _finish(m, done, *_closed(m))


@story
def watching(m: Matter, start: int) -> None:
    """Closed some weeks ago."""
    done = 34 + m.number % 20
    _open(m, start, done - 25)
    _work(m, start, done + _REST)
    _finish(m, done, *_closed(m))


@story
def published(m: Matter, start: int) -> None:
    """Verified the day before yesterday."""
    _open(m, start, -5)
    _work(m, start, 14)
    _finish(m, 7)


@story
def verifying(m: Matter, start: int) -> None:
    """The verifier has it."""
    _open(m, start, -12)
    _work(m, start, 13)
    m.stage.chain(6, m.prove, *_verified(m)[:2])


@story
def applied(m: Matter, start: int) -> None:
    """Waits for a verifier."""
    _open(m, start, -20)
    _work(m, start, 13)
    m.stage.chain(5, m.prove, *_verified(m)[:1])


@story
def returned(m: Matter, start: int) -> None:
    """The verifier found that it is not done."""
    _open(m, start, -9)
    _work(m, start, 21)
    _finish(m, 12, passed=False)


@story
def twice(m: Matter, start: int) -> None:
    """Returned once, done the second time."""
    _open(m, start, start - 120)
    _work(m, start, start - 80)
    again = ((3, m.start), (6, partial(m.note, 1)), (14, m.prove))
    _finish(m, start - 90, *again, *_verified(m), *_closed(m), passed=False)


@story
def bunched(m: Matter, start: int) -> None:
    """Done in the last days before the appraisal in the middle of the year."""
    done = m.stage.days_since(6, 26)
    _open(m, max(start, done + 60), done - 22)
    _work(m, max(start, done + 60), done)
    _finish(m, done, *_closed(m))


@story
def working(m: Matter, start: int) -> None:
    """In hand and on its way."""
    _open(m, start, -_AHEAD - m.number % 30)
    _work(m, start, 4, 0.75)


@story
def silent(m: Matter, start: int) -> None:
    """Begun, and nothing heard of it since."""
    _open(m, start, -_AHEAD)
    m.stage.on(start - 6, partial(m.note, 0))


@story
def overdue(m: Matter, start: int) -> None:
    """The deadline has passed."""
    _open(m, start, 18)
    _work(m, start, 10, 0.6)


@story
def due_soon(m: Matter, start: int) -> None:
    """Four days are left."""
    _open(m, start, -4)
    _work(m, start, 5, 0.85)


@story
def behind(m: Matter, start: int) -> None:
    """Much of the time is gone, little is done."""
    _open(m, start, -25)
    _work(m, start, 5, 0.25)


@story
def wrong_way(m: Matter, start: int) -> None:
    """It was getting better and is getting worse."""
    _open(m, start, -40)
    _work(m, start, 50, 0.8)
    m.stage.on(20, partial(m.note, 2))
    m.stage.on(18, partial(m.read, 0.45))


@story
def accepted(m: Matter, start: int) -> None:
    """Taken on, not begun."""
    _draft(m, start, -90)
    m.stage.on(start - 2, m.claim)


@story
def proposed(m: Matter, start: int) -> None:
    """Waits for its owner."""
    _draft(m, start, -80)


@story
def declined(m: Matter, start: int) -> None:
    """Handed back by the owner."""
    _draft(m, start, -100)
    m.stage.on(start - 2, m.decline)


@story
def draft(m: Matter, start: int) -> None:
    """Written down, nothing agreed."""
    m.stage.on(start, m.write)


@story
def relapsed(m: Matter, start: int) -> None:
    """Closed, and back."""
    done = 70
    _open(m, start, done - 25)
    _work(m, start, done + _REST)
    _finish(m, done, (_PUBLIC, m.close), (30, m.relapse), (3, m.start), (8, partial(m.note, 1)))


@story
def objected(m: Matter, start: int) -> None:
    """Somebody objected while it was public, and was right."""
    done = 60
    _open(m, start, done - 25)
    _work(m, start, done + _REST)
    upheld = partial(m.settle_objection, True)
    _finish(m, done, (2, m.object), (2, upheld), (3, m.start), (25, partial(m.note, 2)))


@story
def dismissed(m: Matter, start: int) -> None:
    """Somebody objected, about something else."""
    done = 120
    _open(m, start, done - 25)
    _work(m, start, done + _REST)
    rejected = partial(m.settle_objection, False)
    _finish(m, done, (2, m.object), (2, rejected), *_closed(m))


@story
def extended(m: Matter, start: int) -> None:
    """Given more time once."""
    _open(m, start, 40)
    _work(m, start, 5, 0.8)
    _ask(m, 55, True, "deadline", "北岭社区2部电梯产权不清，业主大会要到下月才能表决。",
         deadline=m.stage.day(-45))  # fmt: skip


@story
def refused(m: Matter, start: int) -> None:
    """Asked for more time, and did not get it."""
    _open(m, start, -14)
    _work(m, start, 5, 0.5)
    _ask(m, 40, False, "deadline", "夜间不能施工，需要延期。", deadline=m.stage.day(-120))


@story
def suspended(m: Matter, start: int) -> None:
    """Put on hold with a day of return."""
    _open(m, start, -60)
    _work(m, start, 40, 0.7)
    _ask(m, 30, True, "suspend", "所需人手抽调到年中专项检查，检查结束后恢复。",
         returns_on=m.stage.day(-25))  # fmt: skip


@story
def withdrawn(m: Matter, start: int) -> None:
    """Given up by the decision of a superior."""
    _open(m, start, -60)
    _work(m, start, 130, 0.2)
    _ask(m, 120, True, "withdraw", "与区里统一的会议管理办法重复，按区里的办法执行。")


@story
def open_change(m: Matter, start: int) -> None:
    """A request waits for a superior."""
    _open(m, start, -10)
    _work(m, start, 5, 0.6)
    m.stage.on(2, partial(m.ask, "deadline", "3处管道坍塌要等改造计划批下来。",
                          deadline=m.stage.day(-75)))  # fmt: skip


def _ask(m: Matter, ago: int, approve: bool, kind: str, reason: str, **new: object) -> None:
    m.stage.on(ago, partial(m.ask, kind, reason, **new))
    words = (
        "同意，请按新的时限办结。" if approve else "夜间以外的时间足够，不同意延期，请增加班组。"
    )
    m.stage.on(ago - 3, partial(m.decide, approve, words))


@story
def unverifiable(m: Matter, start: int) -> None:
    """Taken on without anything one could see or count."""
    _open(m, start, -30)
    m.stage.on(start - 10, partial(m.note, 0))
    m.stage.on(15, partial(m.note, 0))


@story
def handed_over(m: Matter, start: int) -> None:
    """Its owner left; the handover itself is an event of the office."""
    _open(m, start, -30)
    _work(m, start, 70, 0.5)
    m.stage.on(30, partial(m.note, 1))
    m.stage.on(16, partial(m.read, 0.65))


@story
def outside(m: Matter, start: int) -> None:
    """In the hands of the head: looked at from outside the office."""
    _draft(m, start, 100)
    m.stage.on(start - 2, m.claim)
    m.stage.on(start - 2, m.open_outside)
    m.stage.on(start - 3, m.start)
    _work(m, start, 150)
    _finish(m, 130, *_closed(m))


@story
def standing(m: Matter, start: int) -> None:
    """Checked month by month."""
    _standing(m, start, 8)


@story
def standing_due(m: Matter, start: int) -> None:
    """A check is overdue."""
    _standing(m, start, 45)


@story
def standing_failed(m: Matter, start: int) -> None:
    """The last check found that it is not kept."""
    _standing(m, start, 35)
    m.stage.on(9, partial(m.check, False))


def _standing(m: Matter, start: int, until: int) -> None:
    _open(m, start, -30)
    m.stage.on(start - 4, m.stand)
    for number, ago in enumerate(range(start - 4 - 25, until, -25)):
        m.stage.on(ago + 6, partial(m.note, number))
        m.stage.on(ago, m.check)
