"""Evidence: with its own date, of its author alone, nothing of it ever lost."""

import pytest
from django.utils import timezone
from tests.office.ledger import make
from tests.office.ledger.make import days_ago

from luoshi.core.workflow import table
from luoshi.office.examinations.storage import Stored
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger import collect
from luoshi.office.ledger.actions import closing, evidence
from luoshi.office.ledger.models import Commitment, Evidence

NONE = [k for k, s in table.states().items() if not (s.open and s.active)]
PHOTO = Stored("a" * 64, 3, "image/jpeg", "照片.jpg")


@pytest.fixture
def item(world):
    return make.commitment(world)


def fresh(item):
    return Commitment.objects.get(pk=item.pk)


def values(**given):
    return {
        "kind": "photo", "title": "现场照片", "dated": days_ago(1), "declared": 2, "file": PHOTO,
    } | given  # fmt: skip


def add(by, item, **given):
    return evidence.add(by=by, commitment=item.pk, version=fresh(item).version, **values(**given))


def revise(by, item, row, **given):
    return evidence.revise(
        by=by, commitment=item.pk, version=fresh(item).version, evidence=row.pk, **values(**given)
    )


def withdraw(by, item, row, reason="照片拍错了地点"):
    return evidence.withdraw(
        by=by, commitment=item.pk, version=fresh(item).version, evidence=row.pk, reason=reason
    )


class TestAdding:
    def test_with_its_own_date(self, world, item):
        before = Entry.objects.count()
        row = add(world.witness, item, expires_on=days_ago(-30))
        assert (row.dated, row.author, row.file.sha256) == (days_ago(1), world.witness, "a" * 64)
        assert timezone.localdate(row.added_at) == clock.today()
        assert Entry.objects.count() == before + 1

    def test_without_a_file_the_note_says_what_there_is(self, world, item):
        with pytest.raises(Refused, match="说明"):
            add(world.witness, item, file=None, note="见现场")
        row = add(world.witness, item, file=None, note="走访东堤社区十二户居民，均反映已无占道。")
        assert row.file is None

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"kind": "rumour"}, "种类"),
            ({"title": ""}, "佐证名称"),
            ({"title": "照" * 101}, "最多100"),
            ({"dated": None}, "佐证日期"),
            ({"dated": days_ago(-1)}, "佐证日期"),
            ({"dated": "昨天"}, "有效的日期"),
            ({"declared": None}, "来源"),
            ({"declared": 4}, "来源"),
            ({"expires_on": days_ago(2)}, "有效期"),
            ({"note": "说" * 5001}, "最多5000"),
        ],
    )
    def test_what_cannot_be(self, world, item, given, words):
        with pytest.raises(Refused, match=words):
            add(world.witness, item, **given)
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        "who", ["owner", "witness", "clerk", "reviewer", "auditor", "verifier"]
    )
    def test_by_whoever_can_see_the_item(self, world, item, who):
        assert add(getattr(world, who), item).author == getattr(world, who)

    def test_from_outside_with_access_only(self, world, item):
        with pytest.raises(NotFound):
            add(world.outsider, item)
        make.access(world, item)
        assert add(world.outsider, item).author == world.outsider

    def test_by_nobody_else(self, world, elsewhere, item):
        with pytest.raises(NotAllowed):
            add(world.administrator, item)
        with pytest.raises(NotFound):
            add(elsewhere.witness, item)
        verifying = make.commitment(world, "verifying")
        with pytest.raises(NotAllowed, match="不能再核验"):
            add(world.verifier, verifying)

    @pytest.mark.parametrize("state", NONE)
    def test_never_before_and_never_after(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="不能再补充材料"):
            add(world.witness, item)

    def test_during_publication_it_changes_what_was_decided_on(self, world):
        item = make.commitment(world, "published")
        add(world.owner, item)
        with pytest.raises(Refused, match="请重新核验"):
            closing.close(by=world.clerk, commitment=item.pk, version=fresh(item).version)

    def test_the_same_file_of_another_item_counts_as_used(self, world, item):
        add(world.witness, make.commitment(world))
        row = add(world.witness, item, file=Stored("a" * 64, 3, "image/jpeg", "另一个名字.jpg"))
        assert [e.used_before for e in collect.item(item).evidence if e.key == row.pk] == [True]


class TestRevising:
    def test_the_old_one_is_kept_and_counts_no_more(self, world, item):
        old = add(world.witness, item)
        new = revise(world.witness, item, old, title="现场照片（补拍）",
                     file=Stored("b" * 64, 4, "image/jpeg", "补拍.jpg"))  # fmt: skip
        old.refresh_from_db()
        assert (old.withdrawn, old.withdrawn_reason) == (True, "已由新版代替")
        assert (new.revises, new.file.sha256) == (old, "b" * 64)
        assert [e.withdrawn for e in collect.item(item).evidence] == [True, False]

    def test_without_a_new_file_the_old_one_stays(self, world, item):
        old = add(world.witness, item)
        assert revise(world.witness, item, old, file=None).file == old.file

    def test_what_never_had_a_file_still_needs_its_words(self, world, item):
        old = add(world.witness, item, file=None, note="走访东堤社区十二户居民，均无占道。")
        with pytest.raises(Refused, match="说明"):
            revise(world.witness, item, old, file=None, note="无")

    def test_of_its_author_alone(self, world, item):
        old = add(world.witness, item)
        for who in (world.owner, world.clerk):
            with pytest.raises(NotAllowed, match="提交这件佐证的人"):
                revise(who, item, old)

    def test_only_once(self, world, item):
        old = add(world.witness, item)
        revise(world.witness, item, old)
        with pytest.raises(Refused, match="代替"):
            revise(world.witness, item, old)

    def test_of_this_item(self, world, item):
        old = add(world.witness, make.commitment(world))
        with pytest.raises(NotFound):
            revise(world.witness, item, old)


class TestWithdrawing:
    def test_kept_with_its_reason(self, world, item):
        row = add(world.witness, item)
        withdraw(world.witness, item, row)
        row.refresh_from_db()
        assert (row.withdrawn, row.withdrawn_reason) == (True, "照片拍错了地点")
        assert item.steps.last().note == "现场照片：照片拍错了地点"

    def test_a_reason(self, world, item):
        row = add(world.witness, item)
        with pytest.raises(Refused, match="理由"):
            withdraw(world.witness, item, row, "错")

    def test_of_its_author_alone_and_once(self, world, item):
        row = add(world.witness, item)
        with pytest.raises(NotAllowed):
            withdraw(world.owner, item, row)
        withdraw(world.witness, item, row)
        with pytest.raises(Refused, match="已经撤回"):
            withdraw(world.witness, item, row)

    def test_during_publication_the_item_does_not_close(self, world):
        item = make.commitment(world, "published")
        withdraw(world.witness, item, item.evidence_set.get())
        with pytest.raises(Refused, match="有效佐证0件"):
            closing.close(by=world.clerk, commitment=item.pk, version=fresh(item).version)

    def test_not_after_closing(self, world):
        item = make.commitment(world, "watching")
        with pytest.raises(Refused, match="登记反弹"):
            withdraw(world.witness, item, item.evidence_set.get())
