"""Every action: who acts, one entry, one line of history, words that an official would use."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from tests.office.attacks.spoils import change_row
from tests.office.ledger import make
from tests.office.make import days_ago

import luoshi.office
from luoshi.office.accounts.models import Unit
from luoshi.office.accounts.permissions import roles
from luoshi.office.journal.act import SYSTEM, VERBS, action
from luoshi.office.journal.models import DomainModel, Entry, Head
from luoshi.office.ledger.actions import changes, closing, draft, evidence, work
from luoshi.office.ledger.models import Commitment, Step

OFFICE = Path(inspect.getfile(DomainModel)).parents[1]
for module in pkgutil.walk_packages(luoshi.office.__path__, "luoshi.office."):
    if ".actions." in module.name:
        importlib.import_module(module.name)
OURS = {n: v for n, v in VERBS.items() if v.function.__module__.startswith("luoshi.")}


@pytest.mark.parametrize("verb", OURS.values(), ids=lambda verb: verb.name)
def test_every_verb(verb):
    given = set().union(*(role.permissions for role in roles().values()))
    by = inspect.signature(verb.function).parameters["by"]
    assert by.kind is inspect.Parameter.KEYWORD_ONLY
    assert by.default is inspect.Parameter.empty
    assert re.fullmatch(r"[\u4e00-\u9fff、（）]{2,16}", verb.wording)
    assert not verb.needs or verb.needs in given
    assert inspect.getdoc(verb.function) or verb.function.__name__.startswith("_")


def test_verbs_say_different_things():
    words = [verb.wording for verb in OURS.values()]
    assert len(words) == len(set(words))


def test_without_a_permission_of_its_own_an_action_asks_inside():
    """Where ``needs`` is empty the function itself asks: for the permission, or for the person."""
    asking = re.compile(r"require|_may_|may\(|by\.pk|acting_for|_place\(")
    for verb in OURS.values():
        if not verb.needs:
            assert asking.search(inspect.getsource(inspect.unwrap(verb.function))), verb.name


def test_actions_are_the_only_place_that_saves():
    """Nothing but an action, or what it calls with its ``act``, writes a row."""
    for path in OFFICE.rglob("*.py"):
        if path.parent.name == "migrations" or path.parent.name == "journal":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                wanted = node.func.attr in {"save", "create", "bulk_create", "bulk_update",
                                            "update_or_create", "get_or_create"}  # fmt: skip
                if wanted:
                    whose = ast.unparse(node.func.value)
                    assert whose in {"act", "self._act", "editor", "special", "super()"}, (
                        f"{path.name}:{node.lineno}"
                    )


@action("test.contract.none", "测试不留痕", needs="")
def says_nothing(act, *, by, office):
    act.save(Unit(office=office, name="无痕科", kind="section"))


@action("test.contract.twice", "测试留两次", needs="")
def says_it_twice(act, *, by, office):
    unit = act.save(Unit(office=office, name="两次科", kind="section"))
    act.about(unit, facts={})
    act.about(unit, facts={})


@pytest.mark.parametrize("function", [says_nothing, says_it_twice])
def test_an_action_leaves_exactly_one_entry_or_nothing(world, function):
    before, head = Entry.objects.count(), Head.objects.values().get()
    with pytest.raises(RuntimeError):
        function(by=SYSTEM, office=world.office)
    assert Entry.objects.count() == before
    assert Head.objects.values().get() == head
    assert not Unit.objects.filter(name__in=("无痕科", "两次科")).exists()


class Journey:
    """Does actions on one item, one after the other, and counts what each leaves."""

    def __init__(self, item):
        self.item, self.done = item, []

    def do(self, function, **given):
        entries, steps = Entry.objects.count(), Step.objects.filter(commitment=self.item).count()
        result = function(commitment=self.item.pk, version=self.item.version, **given)
        assert Entry.objects.count() == entries + 1
        assert Step.objects.filter(commitment=self.item).count() == steps + 1
        last, step = (
            Entry.objects.latest("number"),
            Step.objects.filter(commitment=self.item).latest("id"),
        )
        assert VERBS[last.verb].function is function
        assert last.subject == f"ledger.commitment:{self.item.pk}"
        assert (step.verb, step.by_id) == (last.verb, given["by"].pk)
        before = self.item.version
        self.item.refresh_from_db()
        assert self.item.version == before + 1 == step.version
        assert step.after == self.item.state
        self.done.append(last.verb)
        return result


SEEN = {"seen": "沿东堤路走了全程，只剩五处摊点。", "place": "东堤路"}


def test_from_draft_to_confirmed_and_back_every_step_leaves_one_entry(world, monkeypatch):
    today = days_ago(0)
    go = Journey(make.commitment(world, "draft", proposed_on=None))
    go.do(draft.edit, by=world.clerk, given={"title": "整治东堤路占道经营"})
    go.do(draft.propose, by=world.clerk)
    go.do(draft.decline, by=world.owner, reason="应由民政科负责")
    go.do(draft.propose, by=world.clerk)
    go.do(draft.claim, by=world.owner)
    go.do(work.start, by=world.owner)
    row = go.do(changes.ask, by=world.owner, kind="deadline", reason="工期推迟到年底以后",
                new={"deadline": str(days_ago(-200))})  # fmt: skip
    go.do(changes.decide, by=world.deputy, change=row.pk, approve=True)
    row = go.do(changes.ask, by=world.owner, kind="suspend", reason="等待市场建成",
                new={"returns_on": str(days_ago(-30))})  # fmt: skip
    go.do(changes.cancel, by=world.owner, change=row.pk)
    go.do(work.add_progress, by=world.owner, text="清理了二十五处摊点", happened_on=today)
    go.do(closing.apply, by=world.owner, done_on=today, statement="已清理到五处，可以到现场看。")
    go.do(closing.unapply, by=world.owner, reason="还有一处")
    go.do(closing.apply, by=world.owner, done_on=today, statement="已清理到五处，可以到现场看。")
    go.do(work.add_reading, by=world.witness, value=5, read_on=today, source="现场清点")
    shown = go.do(evidence.add, by=world.witness, kind="photo", title="现场照片", dated=today,
                  declared=2, note="东堤路全段只剩五处摊点。")  # fmt: skip
    go.do(evidence.revise, by=world.witness, evidence=shown.pk, kind="photo", title="现场照片（更正）",
          dated=today, declared=2, note="东堤路全段只剩五处摊点。")  # fmt: skip
    go.do(closing.assign, by=world.clerk, verifier=world.verifier.pk)
    decided = {"by": world.verifier, **SEEN, "seen_on": today, "criterion_met": None}
    go.do(closing.verify, **decided, passed=False, reason="东头还有一处")
    go.do(work.start, by=world.owner)
    go.do(closing.apply, by=world.owner, done_on=today, statement="东头的一处也清理了，可以看。")
    go.do(closing.assign, by=world.clerk, verifier=world.verifier.pk)
    go.do(closing.verify, **decided, passed=True, reason="", publish_place="公告栏")
    row = go.do(closing.object_to, by=world.clerk, text="东头又有一个", received_on=today)
    go.do(
        closing.decide_objection,
        by=world.head,
        objection=row.pk,
        upheld=False,
        reason="经查没有这回事",
    )
    go.do(closing.void, by=world.clerk, reason="为慎重起见，再看一次")
    go.do(closing.assign, by=world.clerk, verifier=world.verifier.pk)
    go.do(closing.verify, **decided, passed=True, reason="", publish_place="公告栏")
    make.later(monkeypatch, 6)
    go.do(closing.close, by=world.clerk)
    make.later(monkeypatch, 91)
    from luoshi.office.journal import clock

    go.do(closing.confirm, by=world.verifier, **SEEN, seen_on=clock.today())
    assert go.item.state == "confirmed"
    go.do(closing.relapse, by=world.reviewer, happened_on=clock.today(), reason="又有摊点占道")
    assert go.item.state == "relapsed"
    assert go.item.severity == 2
    assert len(set(go.done)) == 22


def test_a_refused_action_leaves_nothing(world):
    from luoshi.office.journal.errors import Refused

    item = make.commitment(world, "verifying")
    change_row(item, evidence_count=9)
    before = Entry.objects.count()
    with pytest.raises(Refused):
        closing.verify(by=world.verifier, commitment=item.pk, version=item.version, passed=True,
                       **SEEN, seen_on=days_ago(1), criterion_met=None, reason="",
                       publish_place="公告栏")  # fmt: skip
    assert Entry.objects.count() == before
    assert Commitment.objects.get(pk=item.pk).version == item.version
    assert item.verifications.get().seen == ""
