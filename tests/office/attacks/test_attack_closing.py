"""The attack matrix: every spoil on every way that ends in 公示, 已销号 or 确认.

Each is tried as a call of the action and as a form in the browser; none may move the item, and
the refusal has to say why.
"""

import pytest
from tests.office.attacks import spoils
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.journal.errors import Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import closing
from luoshi.office.ledger.models import Commitment

CHANGED = "核验之后情况有变化"
SEEN = {"seen": "沿东堤路走了全程，只剩五处摊点。", "place": "东堤路"}
PUBLISHED = {"publish_place": "街道公告栏"}


def by_action(client_of, person, item, what):
    calls = {
        "verify": lambda: closing.verify(
            by=person, commitment=item.pk, version=item.version, passed=True, **SEEN,
            seen_on=days_ago(7), criterion_met=True, reason="", **PUBLISHED,
        ),
        "close": lambda: closing.close(by=person, commitment=item.pk, version=item.version),
        "confirm": lambda: closing.confirm(
            by=person, commitment=item.pk, version=item.version, **SEEN, seen_on=days_ago(0)
        ),
    }  # fmt: skip
    try:
        calls[what]()
    except Refused as refused:
        return "".join(refused.reasons)
    return ""


def by_form(client_of, person, item, what):
    day = str(days_ago(7 if what == "verify" else 0))
    data = {"version": item.version, **SEEN, "seen_on": day, "criterion_met": "yes",
            "passed": "yes", **PUBLISHED}  # fmt: skip
    answer = client_of(person).post(f"/ledger/{item.pk}/{what}", data)
    words = answer.content.decode()
    return "" if answer.status_code == 303 else words


WAYS = {"action": by_action, "form": by_form}
STEPS = {"verify": "verifying", "close": "published", "confirm": "watching"}


def tried(world, client_of, way, step, spoil=None, **columns):
    """Return the item after the attempt, and what was answered; nothing may have been written."""
    item = make.commitment(world, STEPS[step], **columns)
    if spoil is not None:
        spoil(world, item)
    person = world.clerk if step == "close" else world.verifier
    entries = Entry.objects.count()
    words = WAYS[way](client_of, person, item, step)
    return Commitment.objects.get(pk=item.pk), words, Entry.objects.count() - entries


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", STEPS)
def test_an_honest_one_goes_through(world, client_of, way, step):
    item, words, entries = tried(world, client_of, way, step)
    assert words == ""
    assert item.state == {"verify": "published", "close": "watching", "confirm": "confirmed"}[step]
    assert entries == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", ["verify", "close"])
@pytest.mark.parametrize("spoil", spoils.ALL, ids=lambda spoil: spoil.__name__)
def test_no_way_to_close(world, client_of, way, step, spoil):
    item, words, entries = tried(world, client_of, way, step, spoil)
    assert item.state == STEPS[step]
    assert entries == 0
    assert spoils.ALL[spoil] in words


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "spoil", {**spoils.TIES, **spoils.AGAINST}, ids=lambda spoil: spoil.__name__
)
def test_no_way_to_confirm(world, client_of, way, spoil):
    item, words, entries = tried(world, client_of, way, "confirm", spoil)
    assert item.state == "watching"
    assert entries == 0
    assert spoils.ALL[spoil] in words


#: What a verification rests on: altered after it, a new one is needed, whatever it says now.
BOUND = [
    spoil for spoil in spoils.PAPER
    if spoil not in {spoils.evidence_expired, spoils.evidence_of_somebody_under_the_owner,
                     spoils.evidence_of_somebody_once_in_the_owners_unit,
                     spoils.evidence_dated_after_its_upload}
]  # fmt: skip


@pytest.mark.parametrize("spoil", BOUND, ids=lambda spoil: spoil.__name__)
def test_what_changed_after_the_decision_needs_a_new_one(world, client_of, spoil):
    assert CHANGED in tried(world, client_of, "action", "close", spoil)[1]


def better_evidence(world, item):
    make.evidence(item, world.outsider, days=0)


def a_better_reading(world, item):
    make.reading(item, world.clerk, 0, days=0)


def another_owner(world, item):
    spoils.duty(world, item, world.colleague, "owner", 0, 0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("more", [better_evidence, a_better_reading, another_owner])
def test_even_what_is_better_needs_a_new_decision(world, client_of, way, more):
    item, words, _ = tried(world, client_of, way, "close", more)
    assert item.state == "published"
    assert CHANGED in words


@pytest.mark.parametrize("way", WAYS)
def test_the_criterion_was_not_met(world, client_of, way):
    item = make.commitment(world, "verifying", indicator_kind="criterion", looks_at="窗口公示时限")
    data = {"version": item.version, **SEEN, "seen_on": str(days_ago(1)), "criterion_met": "no",
            "passed": "yes", **PUBLISHED}  # fmt: skip
    if way == "form":
        answer = client_of(world.verifier).post(f"/ledger/{item.pk}/verify", data)
        words = answer.content.decode()
    else:
        with pytest.raises(Refused) as refused:
            closing.verify(by=world.verifier, commitment=item.pk, version=item.version,
                           passed=True, **SEEN, seen_on=days_ago(1), criterion_met=None,
                           reason="", **PUBLISHED)  # fmt: skip
        words = str(refused.value)
    assert "没有确认可观察的标准已经达到" in words
    assert Commitment.objects.get(pk=item.pk).state == "verifying"


THIN = {
    "nothing seen": ({"seen": "好"}, "请写明现场看到了什么"),
    "blanks seen": ({"seen": " " * 20}, "现场看到了什么"),
    "nowhere": ({"place": " "}, "在哪里看到的"),
    "before the work": ({"seen_on": days_ago(11)}, "不能早于整改完成"),
    "ahead": ({"seen_on": days_ago(-1)}, "不能晚于今天"),
    "no day": ({"seen_on": None}, "什么时候看到的"),
    "published nowhere": ({"publish_place": " "}, "请写明在哪里公示"),
    "published no day": ({"publication_days": 0}, ""),
    "published backwards": ({"publication_days": -30}, ""),
    "published too short": ({"publication_days": 4}, "公示期不得少于5天"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", THIN)
def test_a_thin_statement(world, client_of, way, case):
    change, expected = THIN[case]
    item = make.commitment(world, "verifying")
    given = {"passed": True, **SEEN, "seen_on": days_ago(7), "criterion_met": True, "reason": "",
             **PUBLISHED, **change}  # fmt: skip
    if way == "form":
        data = {k: str(v) for k, v in given.items() if v is not None} | {
            "version": item.version, "passed": "yes", "criterion_met": "yes"
        }  # fmt: skip
        answer = client_of(world.verifier).post(f"/ledger/{item.pk}/verify", data)
        assert answer.status_code == 422
        words = answer.content.decode()
    else:
        with pytest.raises(Refused) as refused:
            closing.verify(by=world.verifier, commitment=item.pk, version=item.version, **given)
        words = str(refused.value)
    assert expected in words
    assert Commitment.objects.get(pk=item.pk).state == "verifying"
