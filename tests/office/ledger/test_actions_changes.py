"""Changing what was agreed: asked for, decided by somebody above, bound to what it was asked on."""

from decimal import Decimal

import pytest
from tests.office.ledger import make
from tests.office.ledger.make import days_ago
from tests.office.make import person, save

from luoshi.office.accounts.models import Deputising
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.ledger import terms
from luoshi.office.ledger.actions import changes, work
from luoshi.office.ledger.models import Change, Commitment

WHY = "施工单位进场推迟"


@pytest.fixture
def item(world):
    return make.commitment(world)


def fresh(item):
    return Commitment.objects.get(pk=item.pk)


def ask(by, item, kind="deadline", reason=WHY, **new):
    return changes.ask(
        by=by, commitment=item.pk, version=fresh(item).version, kind=kind, new=new, reason=reason
    )


def decide(by, row, approve=True, decision="同意", **kwargs):
    item = Commitment.objects.get(pk=row.commitment_id)
    return changes.decide(
        by=by, commitment=item.pk, version=kwargs.pop("version", item.version), change=row.pk,
        approve=approve, decision=decision,
    )  # fmt: skip


LATER = days_ago(-90).isoformat()


class TestAsking:
    def test_a_request_changes_nothing_by_itself(self, world, item):
        before = terms.current(item, terms.FROZEN)
        row = ask(world.owner, item, deadline=LATER)
        assert terms.current(fresh(item), terms.FROZEN) == before
        assert (row.state, row.old["deadline"]) == ("open", item.deadline.isoformat())
        assert row.new == {"deadline": LATER, "deadline_note": ""}
        assert fresh(item).state == "working"

    @pytest.mark.parametrize("who", ["owner", "co_owner", "clerk"])
    def test_who_may_ask(self, world, who):
        item = make.commitment(world, co_owners=[world.co_owner])
        assert ask(getattr(world, who), item, deadline=LATER).asked_by == getattr(world, who)

    @pytest.mark.parametrize(
        "who", ["colleague", "chief", "deputy", "verifier", "reviewer", "outsider", "auditor"]
    )
    def test_who_may_not(self, world, item, who):
        make.access(world, item)
        with pytest.raises(NotAllowed):
            ask(getattr(world, who), item, deadline=LATER)

    def test_another_office(self, elsewhere, item):
        with pytest.raises(NotFound):
            ask(elsewhere.clerk, item, deadline=LATER)

    @pytest.mark.parametrize("state", ["draft", "watching", "confirmed", "withdrawn"])
    @pytest.mark.parametrize("kind", Change.Kind.values)
    def test_not_before_and_not_after(self, world, state, kind):
        item = make.commitment(world, state)
        people = state == "watching" and kind in {"owner", "co_owners"}
        with pytest.raises(Refused, match="请填写要变更" if people else "这一事项现在是"):
            ask(world.clerk, item, kind)

    @pytest.mark.parametrize("state", ["applied", "verifying", "published"])
    @pytest.mark.parametrize(
        "kind", sorted(set(Change.Kind.values) - {"owner", "co_owners"})
    )  # fmt: skip
    def test_not_while_it_is_being_verified(self, world, state, kind):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="撤回销号申请"):
            ask(world.clerk, item, kind, target="20", deadline=LATER)

    @pytest.mark.parametrize(
        ("kind", "new", "words"),
        [
            ("deadline", {}, "要变更的内容"),
            ("deadline", {"deadline": None}, "整改时限"),
            ("deadline", {"deadline": "2020-01-01"}, "早于今天"),
            ("deadline", {"deadline": LATER, "target": "29"}, "不能在这里修改"),
            ("target", {"target": "30"}, "等于没有要求"),
            ("target", {"target": "5"}, "相同"),
            ("target", {"target": None}, "目标"),
            ("baseline", {"baseline": "x"}, "数字"),
            ("owner", {"owner": None}, "责任人"),
            ("owner", {"owner": 999}, "没有找到"),
            ("co_owners", {"co_owners": [999]}, "没有找到"),
            ("time_class", {"time_class": "standing"}, "复查间隔"),
            ("time_class", {"time_class": ""}, "时限类别"),
            ("problems", {"problems": []}, "对应哪个问题"),
            ("indicator", {"indicator_kind": "criterion"}, "由谁看"),
            ("evidence", {"evidence_count": 0}, "佐证件数"),
            ("evidence", {"evidence_independence": 1}, "独立程度"),
            ("suspend", {}, "恢复日期"),
            ("suspend", {"returns_on": "2020-01-01"}, "恢复日期"),
            ("suspend", {"returns_on": "2099-01-01"}, "恢复日期"),
            ("split", {}, "两个部分"),
            ("split", {"parts": "ab"}, "两个部分"),
            ("split", {"parts": [1, 2]}, "填写有误"),
            ("split", {"parts": [{"title": "甲"}, {"title": "甲"}]}, "互不相同"),
            ("split", {"parts": [{"title": "甲"}, {"title": ""}]}, "整改事项"),
            ("split", {"parts": [{"title": "甲"}, {"title": "乙", "deadline": LATER}]}, "延期"),
            ("split", {"parts": [{"title": "甲"}, {"title": "乙", "indicator_kind": "none"}]},
             "没有指标"),
            ("split", {"parts": [{"title": "甲"}, {"title": "乙", "evidence_count": 1}]},
             "不能在这里修改"),
            ("split", {"parts": [{"title": "甲", "problems": []}, {"title": "乙", "problems": []}]},
             "没有对应的事项"),
            ("merge", {}, "没有找到"),
            ("state", {}, "没有这种变更"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_asked_for(self, world, item, kind, new, words):
        with pytest.raises(Refused, match=words):
            ask(world.owner, item, kind, **new)
        assert not Change.objects.exists()

    def test_a_reason_and_one_at_a_time(self, world, item):
        with pytest.raises(Refused, match="理由"):
            ask(world.owner, item, reason="忙", deadline=LATER)
        ask(world.owner, item, deadline=LATER)
        with pytest.raises(Refused, match="已有一件申请"):
            ask(world.clerk, item, deadline=days_ago(-80).isoformat())

    def test_a_stale_page(self, world, item):
        ask(world.owner, item, deadline=LATER)
        with pytest.raises(Stale):
            changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind="target",
                        new={"target": "6"}, reason=WHY)  # fmt: skip


class TestDeciding:
    def test_approved_it_is_carried_out_and_both_values_are_kept(self, world, item):
        before = Entry.objects.count()
        row = ask(world.owner, item, deadline=LATER)
        decide(world.deputy, row)
        now = fresh(item)
        assert now.deadline == days_ago(-90)
        row.refresh_from_db()
        assert (row.state, row.decided_by) == ("approved", world.deputy)
        step = now.steps.last()
        assert step.old["deadline"] == item.deadline.isoformat()
        assert step.new["deadline"] == LATER
        assert Entry.objects.count() == before + 2

    def test_refused_with_a_reason(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(Refused, match="理由"):
            decide(world.deputy, row, approve=False, decision="")
        decide(world.deputy, row, approve=False, decision="已经延期过一次")
        assert fresh(item).deadline == item.deadline
        with pytest.raises(Refused, match="已经办结"):
            decide(world.deputy, row)

    @pytest.mark.parametrize("who", ["owner", "chief", "clerk", "verifier", "outsider"])
    def test_not_without_the_permission(self, world, item, who):
        row = ask(world.clerk, item, deadline=LATER)
        with pytest.raises((NotAllowed, NotFound)):
            decide(getattr(world, who), row)
        assert fresh(item).deadline == item.deadline

    def test_not_by_a_head_of_somewhere_else(self, world, item):
        stranger = person(world.office, "他科领导", world.welfare, "lead", roles=["head"])
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(NotAllowed, match="不是责任人的上级"):
            decide(stranger, row)

    def test_not_by_somebody_who_had_the_item_in_hand(self, world):
        item = make.commitment(world, co_owners=[world.deputy])
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(NotAllowed, match="不能审批自己的事项"):
            decide(world.deputy, row)

    def test_not_ones_own_request(self, world, item):
        boss = person(world.office, "分管领导", world.city, "deputy", roles=["clerk", "head"],
                      leads=True)  # fmt: skip
        row = ask(boss, item, deadline=LATER)
        with pytest.raises(NotAllowed, match="自己提出"):
            decide(boss, row)

    def test_not_the_request_of_somebody_one_deputises_for(self, world, item):
        row = ask(world.clerk, item, deadline=LATER)
        save(Deputising(office=world.office, person=world.clerk, deputy=world.deputy,
                        reason="休假", starts=days_ago(1), ends=days_ago(-1)))  # fmt: skip
        with pytest.raises(NotAllowed, match="自己提出"):
            decide(world.deputy, row)

    def test_the_heads_item_needs_somebody_outside_with_access(self, world):
        item = make.commitment(world, owner=world.head)
        row = ask(world.clerk, item, deadline=LATER)
        with pytest.raises(NotAllowed):
            decide(world.deputy, row)
        with pytest.raises(NotFound):
            decide(world.outsider, row)
        make.access(world, item)
        decide(world.outsider, row)
        assert fresh(item).deadline == days_ago(-90)

    def test_not_another_offices(self, elsewhere, item, world):
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(NotFound):
            decide(elsewhere.deputy, row)

    def test_not_with_the_number_of_another_item(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        other = make.commitment(world)
        with pytest.raises(NotFound):
            changes.decide(by=world.deputy, commitment=other.pk, version=1, change=row.pk,
                           approve=True)  # fmt: skip

    def test_a_stale_page(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(Stale):
            decide(world.deputy, row, version=item.version)

    def test_work_in_between_does_not_matter(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        work.add_progress(by=world.owner, commitment=item.pk, version=fresh(item).version,
                          text="已清理三处", happened_on=clock.today())  # fmt: skip
        decide(world.deputy, row)
        assert fresh(item).deadline == days_ago(-90)

    def test_another_change_in_between_does(self, world, item):
        first = ask(world.owner, item, deadline=LATER)
        second = ask(world.owner, item, "target", target="10")
        decide(world.deputy, second)
        with pytest.raises(Refused, match="重新申请"):
            decide(world.deputy, first)
        decide(world.deputy, first, approve=False, decision="请重新申请")
        decide(world.deputy, ask(world.owner, item, deadline=LATER))
        assert fresh(item).deadline == days_ago(-90)

    def test_what_was_possible_then_and_is_not_now(self, world, item, monkeypatch):
        row = ask(world.owner, item, deadline=days_ago(-3).isoformat())
        make.later(monkeypatch, 5)
        with pytest.raises(Refused, match="早于今天"):
            decide(world.deputy, row)

    def test_closed_in_between(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        item = fresh(item)
        item.state = "watching"
        save(item)
        with pytest.raises(Refused, match="这一事项现在是"):
            decide(world.deputy, row)

    def test_cancelled(self, world, item):
        row = ask(world.owner, item, deadline=LATER)
        with pytest.raises(NotAllowed):
            changes.cancel(by=world.clerk, commitment=item.pk, version=2, change=row.pk)
        changes.cancel(by=world.owner, commitment=item.pk, version=2, change=row.pk)
        assert Change.objects.get().state == "cancelled"
        with pytest.raises(Refused, match="已经办结"):
            changes.cancel(by=world.owner, commitment=item.pk, version=3, change=row.pk)
        with pytest.raises(Refused, match="已经办结"):
            decide(world.deputy, row)


class TestKinds:
    def approved(self, world, item, kind, **new):
        decide(world.deputy, ask(world.owner, item, kind, **new))
        return fresh(item)

    def test_target_and_baseline(self, world, item):
        assert self.approved(world, item, "target", target="8.5").target == Decimal("8.5")
        assert self.approved(world, item, "baseline", baseline="32").baseline == 32

    def test_working_days(self, world, item):
        now = self.approved(world, item, "deadline", working_days=60)
        assert now.deadline > clock.today()
        assert "60个工作日" in now.deadline_note

    def test_a_new_owner(self, world, item):
        now = self.approved(world, item, "owner", owner=world.witness.pk, unit=world.welfare.pk)
        assert (now.owner, now.unit) == (world.witness, world.welfare)
        rows = [(d.person, d.starts, d.ends) for d in item.duties.order_by("id")]
        assert rows == [
            (world.owner, item.created_on, clock.today()),
            (world.witness, clock.today(), None),
        ]

    @pytest.mark.parametrize("state", ["applied", "verifying", "published"])
    def test_a_new_owner_at_any_time_and_the_decision_taken_before_is_void(self, world, state):
        from luoshi.office.ledger import collect

        item = make.commitment(world, state)
        before = collect.item(item).fingerprint()
        now = self.approved(world, item, "owner", owner=world.colleague.pk)
        assert now.owner == world.colleague
        assert collect.item(now).fingerprint() != before

    def test_not_into_ones_own_hands(self, world, item):
        row = ask(world.owner, item, "owner", owner=world.deputy.pk)
        with pytest.raises(NotAllowed, match="交给自己"):
            decide(world.deputy, row)
        decide(world.head, row)
        assert fresh(item).owner == world.deputy

    def test_co_owners(self, world, item):
        self.approved(world, item, "co_owners", co_owners=[world.co_owner.pk])
        self.approved(world, item, "co_owners", co_owners=[world.witness.pk])
        rows = {d.person: d.ends for d in item.duties.filter(kind="co")}
        assert rows == {world.co_owner: clock.today(), world.witness: None}

    def test_a_co_owner_becomes_owner(self, world):
        item = make.commitment(world, co_owners=[world.co_owner])
        self.approved(world, item, "owner", owner=world.co_owner.pk)
        running = item.duties.filter(ends__isnull=True)
        assert [(d.person, d.kind) for d in running] == [(world.co_owner, "owner")]

    def test_from_a_deadline_to_standing_and_back(self, world, item):
        now = self.approved(world, item, "time_class", time_class="standing", check_days=30)
        assert (now.deadline, now.check_days) == (None, 30)
        work.stand(by=world.owner, commitment=item.pk, version=now.version)
        now = self.approved(world, item, "time_class", time_class="middle", deadline=LATER)
        assert (now.state, now.check_days, now.next_check) == ("working", None, None)

    def test_time_class_while_on_hold(self, world):
        item = make.commitment(world, "suspended", time_class="standing", deadline=None,
                               suspended_from="standing", check_days=30)  # fmt: skip
        now = self.approved(world, item, "time_class", time_class="short", deadline=LATER)
        assert (now.state, now.suspended_from) == ("suspended", "working")

    def test_a_standing_item_has_no_deadline_to_put_off(self, world):
        item = make.commitment(world, "standing")
        with pytest.raises(Refused, match="时限类别"):
            ask(world.owner, item, deadline=LATER)

    def test_problems(self, world, item):
        second = make.point(item.examination, "problem", 2)
        self.approved(world, item, "problems", problems=[second.pk])
        assert [k.point for k in item.problem_links.all()] == [second]
        row = Change.objects.get()
        assert row.old["problems"] != row.new["problems"] == [second.pk]

    def test_indicator_and_evidence(self, world, item):
        now = self.approved(
            world, item, "indicator", indicator_kind="criterion", looks_who="居民代表",
            looks_where="东堤路", looks_when="每周五傍晚", looks_at="没有摊点",
        )  # fmt: skip
        assert now.indicator_kind == "criterion"
        now = self.approved(world, item, "evidence", evidence_kinds=["photo", "visit"],
                            evidence_count=3, evidence_independence=3)  # fmt: skip
        assert (now.evidence_kinds, now.evidence_count) == (["photo", "visit"], 3)

    def test_no_target_without_a_number(self, world):
        item = make.commitment(world, indicator_kind="none", target=None, baseline=None)
        with pytest.raises(Refused, match="没有数量指标"):
            ask(world.owner, item, "target", target="5")

    @pytest.mark.parametrize("state", ["accepted", "working", "returned", "standing", "relapsed"])
    def test_suspended_and_resumed(self, world, state):
        item = make.commitment(world, state)
        now = self.approved(world, item, "suspend", returns_on=days_ago(-20).isoformat())
        assert (now.state, now.suspended_from, now.returns_on) == (
            "suspended",
            state,
            days_ago(-20),
        )
        changes.resume(by=world.owner, commitment=item.pk, version=now.version)
        now = fresh(item)
        assert (now.state, now.suspended_from, now.returns_on) == (state, "", None)

    def test_resumed_by_the_clerk_only_when_its_day_is_there(self, world, monkeypatch):
        item = make.commitment(world, "suspended")
        with pytest.raises(NotAllowed):
            changes.resume(by=world.clerk, commitment=item.pk, version=1)
        with pytest.raises(NotAllowed):
            changes.resume(by=world.colleague, commitment=item.pk, version=1)
        make.later(monkeypatch, 20)
        changes.resume(by=world.clerk, commitment=item.pk, version=1)
        assert fresh(item).state == "working"

    def test_only_what_is_on_hold_can_be_resumed(self, world, item):
        with pytest.raises(Refused, match="不能恢复"):
            changes.resume(by=world.owner, commitment=item.pk, version=1)

    def test_withdrawn_with_all_that_was_agreed_kept(self, world, item):
        other = ask(world.owner, item, deadline=LATER)
        now = self.approved(world, item, "withdraw")
        assert now.state == "withdrawn"
        assert Change.objects.get(kind="withdraw").old["target"] == "5.00"
        other.refresh_from_db()
        assert other.state == "cancelled"


class TestSplit:
    def parts(self, world, **first):
        return [
            {"title": "整治东堤路", "baseline": "18", "target": "3", **first},
            {"title": "整治西堤路", "baseline": "12", "target": "2", "owner": world.colleague.pk},
        ]

    def test_parts_point_to_the_old_and_keep_its_history(self, world):
        item = make.commitment(world, "relapsed", severity=3, co_owners=[world.co_owner])
        decide(world.deputy, ask(world.owner, item, "split", parts=self.parts(world)))
        assert fresh(item).state == "withdrawn"
        one, two = Commitment.objects.filter(split_from=item).order_by("id")
        assert (one.state, one.severity, one.created_on) == ("relapsed", 3, item.created_on)
        assert (one.owner, two.owner) == (world.owner, world.colleague)
        assert (one.target, two.target, one.deadline) == (3, 2, item.deadline)
        assert two.problem_links.count() == two.cause_links.count() == 1
        held = {(d.person, d.kind, d.ends) for d in two.duties.all()}
        today = clock.today()
        assert held == {
            (world.owner, "owner", today),
            (world.colleague, "owner", None),
            (world.co_owner, "co", None),
        }

    def test_every_problem_keeps_a_part(self, world, item):
        first = item.problem_links.get().point_id
        second = make.point(item.examination, "problem", 2).pk
        item.refresh_from_db()
        decide(world.deputy, ask(world.owner, item, "problems", problems=[first, second]))
        parts = self.parts(world, problems=[first])
        parts[1]["problems"] = [first]
        with pytest.raises(Refused, match="没有对应的事项"):
            ask(world.owner, item, "split", parts=parts)
        parts[1]["problems"] = [second]
        decide(world.deputy, ask(world.owner, item, "split", parts=parts))
        answered = Commitment.objects.filter(split_from=item).values_list(
            "problem_links__point", flat=True
        )
        assert set(answered) == {first, second}

    def test_only_problems_of_the_whole(self, world, item):
        second = make.point(item.examination, "problem", 2).pk
        with pytest.raises(Refused, match="原事项的问题"):
            ask(world.owner, item, "split", parts=self.parts(world, problems=[second]))

    def test_not_into_the_hands_of_who_decides(self, world, item):
        row = ask(world.owner, item, "split", parts=self.parts(world, owner=world.deputy.pk))
        with pytest.raises(NotAllowed, match="交给自己"):
            decide(world.deputy, row)


class TestMerge:
    def test_problems_duties_and_severity_go_along(self, world):
        item = make.commitment(world, severity=4, deadline=days_ago(-60))
        other = make.commitment(world, owner=world.colleague, deadline=days_ago(-30))
        decide(world.deputy, ask(world.owner, item, "merge", into=other.pk))
        item, other = fresh(item), fresh(other)
        assert (item.state, item.merged_into, other.state) == ("withdrawn", other, "working")
        assert other.severity == 4
        assert {k.point.examination for k in other.problem_links.all()} == {
            item.examination, other.examination
        }  # fmt: skip
        assert other.duties.get(person=world.owner).ends == clock.today()
        assert other.version == 2
        assert other.steps.count() == 1

    @pytest.mark.parametrize("order", ["older", "newer"])
    def test_both_ways_round(self, world, order):
        one, two = make.commitment(world), make.commitment(world)
        item, into = (two, one) if order == "older" else (one, two)
        decide(world.deputy, ask(world.owner, item, "merge", into=into.pk))
        assert fresh(item).merged_into == into

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            ({"deadline": days_ago(-61)}, "推迟"),
            ({"indicator_kind": "none"}, "无法核验"),
            ({"state": "applied"}, "不在办理中"),
            ({"state": "draft"}, "不在办理中"),
            ({"state": "standing"}, "不能合并"),
        ],
    )
    def test_no_other_change_in_disguise(self, world, item, columns, words):
        other = make.commitment(world, columns.pop("state", "working"), **columns)
        with pytest.raises(Refused, match=words):
            ask(world.owner, item, "merge", into=other.pk)

    def test_not_into_itself_nor_another_office(self, world, elsewhere, item):
        with pytest.raises(Refused, match="事项自己"):
            ask(world.owner, item, "merge", into=item.pk)
        with pytest.raises(NotFound):
            ask(world.owner, item, "merge", into=make.commitment(elsewhere).pk)

    def test_decided_by_somebody_above_both(self, world, item):
        other = make.commitment(world, owner=world.witness)
        row = ask(world.owner, item, "merge", into=other.pk)
        with pytest.raises(NotAllowed, match=other.number):
            decide(world.deputy, row)
        decide(world.head, row)
        assert fresh(item).state == "withdrawn"


def test_no_action_but_a_decision_sets_what_was_agreed():
    """`terms.put` and the structure are reached from drafts, decisions and leaving alone."""
    import ast
    import inspect

    from luoshi.office import ledger

    root = inspect.getfile(ledger).rsplit("/", 1)[0]
    found = set()
    for path in __import__("pathlib").Path(root).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                attributes = target.elts if isinstance(target, ast.Tuple) else [target]
                for one in attributes:
                    if isinstance(one, ast.Attribute) and one.attr in terms.FROZEN:
                        found.add((path.name, one.attr))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "terms.put":
                found.add((path.name, "put"))
    assert found == {(n, "put") for n in ("draft.py", "kinds.py", "structure.py", "handover.py")}
