"""Items with a history that real actions left, month after month."""

from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.journal import clock
from luoshi.office.ledger.actions import changes, closing, draft, evidence, work

SEEN = {"seen": "沿东堤路走了全程，只剩五处摊点。", "place": "东堤路"}


def _do(item, function, **given):
    result = function(commitment=item.pk, version=item.version, **given)
    item.refresh_from_db()
    return result


def agreed(world, **columns):
    """Return an item that was claimed and is being worked on."""
    item = make.commitment(world, "draft", proposed_on=days_ago(1), **columns)
    _do(item, draft.claim, by=item.owner)
    _do(item, work.start, by=item.owner)
    return item


def verified(world, item):
    """Let the work be applied for, proved by others, verified and made public."""
    today = clock.today()
    _do(item, closing.apply, by=item.owner, done_on=today, statement="已清理到五处，可以到现场看。")
    _do(item, work.add_reading, by=world.witness, value=5, read_on=today, source="现场清点")
    _do(item, evidence.add, by=world.witness, kind="photo", title="现场照片", dated=today, declared=2,
        note=f"东堤路全段只剩五处摊点（{item.number}）。")  # fmt: skip
    _do(item, closing.assign, by=world.clerk, verifier=world.verifier.pk)
    _do(item, closing.verify, by=world.verifier, **SEEN, seen_on=today, criterion_met=None,
        passed=True, reason="", publish_place="公告栏")  # fmt: skip


def close(world, item):
    _do(item, closing.close, by=world.clerk)


def relapse(world, item):
    _do(item, closing.relapse, by=world.reviewer, happened_on=clock.today(), reason="又有摊点占道")


def give_back(world, item):
    """Let the verifier return an item."""
    today = clock.today()
    _do(item, closing.apply, by=item.owner, done_on=today, statement="已清理到五处，可以到现场看。")
    _do(item, closing.assign, by=world.clerk, verifier=world.verifier.pk)
    _do(item, closing.verify, by=world.verifier, **SEEN, seen_on=today, criterion_met=None,
        passed=False, reason="东头还有一处没有清理", publish_place="")  # fmt: skip


def put_off(world, item, *, decide=True):
    """Ask for a later deadline; decided by the superior unless it is to wait."""
    row = _do(item, changes.ask, by=item.owner, kind="deadline", reason="工期推迟到年底以后",
              new={"deadline": str(days_ago(-300))})  # fmt: skip
    if decide:
        _do(
            item,
            changes.decide,
            by=world.deputy,
            change=row.pk,
            approve=False,
            decision="工期没有变",
        )


def office(world, monkeypatch):
    """Fill an office over five months; return the items by what became of them."""
    found = {
        "on time": agreed(world, title="按期销号的"), "late": agreed(world, deadline=days_ago(-3)),
        "back": agreed(world), "open": agreed(world, deadline=days_ago(-20)),
        "draft": make.commitment(world, "draft", unit=None),
    }  # fmt: skip
    for name in ("on time", "late", "back"):
        verified(world, found[name])
    make.later(monkeypatch, 6)
    for name in ("on time", "late", "back"):
        close(world, found[name])
    make.later(monkeypatch, 40)
    relapse(world, found["back"])
    found["new"] = agreed(world, unit=world.community, deadline=days_ago(-5))
    make.later(monkeypatch, 75)
    found["returned"] = agreed(world, deadline=days_ago(-4))
    give_back(world, found["returned"])
    found["refused"] = agreed(world, deadline=days_ago(-6))
    put_off(world, found["refused"])
    found["asked"] = agreed(world, deadline=days_ago(-90))
    put_off(world, found["asked"], decide=False)
    make.commitment(world, "draft", proposed_on=days_ago(1))
    make.commitment(world, "draft", proposed_on=None)
    make.commitment(world, "applied", owner=world.deputy)
    make.commitment(world, "verifying", deadline=days_ago(4))
    make.commitment(world, "published")
    make.commitment(world, "standing", next_check=days_ago(0))
    make.commitment(world, "suspended", returns_on=days_ago(1))
    make.commitment(world, "watching")
    make.commitment(world, "working", indicator_kind="none", indicator="")
    return found
