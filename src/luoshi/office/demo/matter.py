"""One commitment of the demonstration: its terms, and the steps that stories are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from luoshi.office.accounts.models import Person
from luoshi.office.demo import files
from luoshi.office.demo.stage import Stage
from luoshi.office.journal import clock
from luoshi.office.ledger.actions import access, changes, closing, draft, special, work
from luoshi.office.ledger.actions import evidence as proofs
from luoshi.office.ledger.models import Change, Commitment, Objection

_SHORT = 150
_OWN = (
    ("photo", "现场照片", files.photo),
    ("decision", "办公会记录", files.minutes),
    ("photo", "整改前后对比照片", files.photo),
    ("call", "电话回访记录", files.calls),
)


class Matter:
    """A commitment on the stage; every method is one step, taken by whoever may take it."""

    def __init__(self, stage: Stage, told: dict[str, Any], number: int) -> None:
        self.stage, self.told, self.number = stage, told, number
        self.key = 0
        self.done_on: date | None = None

    @property
    def clerk(self) -> Person:
        """The clerk, who drafts, assigns and publishes."""
        return self.stage.people["clerk"]

    @property
    def owner(self) -> Person:
        """Who has it in hand by now: who leaves has handed it over."""
        found: Person = Person.objects.get(commitment=self.key)
        return found

    @property
    def witness(self) -> Person:
        """Who reads the indicator and brings evidence from another place."""
        return self.stage.people[self.told["witness"]]

    @property
    def verifier(self) -> Person:
        """Who verifies: somebody outside for what the head has in hand."""
        if self.told.get("outside"):
            return self.stage.people["outsider"]
        return self.stage.people["verifier2" if self.number % 7 == 3 else "verifier"]

    def item(self) -> Commitment:
        """Return the row as it is now."""
        found: Commitment = Commitment.objects.get(pk=self.key)
        return found

    def do(self, act: Callable[..., Any], by: Person, **given: Any) -> Any:
        """Call an action on the present state of the commitment."""
        return act(by=by, commitment=self.key, version=self.item().version, **given)

    # From the material to somebody's hands.

    def write(self) -> None:
        """Draft it, from its measure, its problem, or by hand."""
        told, points = self.told, self.stage.points
        if "measure" in told:
            made = draft.from_measure(by=self.clerk, point=points[told["measure"]].pk)
        elif "answers" in told:
            key = points[f"problem {told['answers']}"].pk
            made = draft.for_problem(by=self.clerk, point=key, measure=told["title"])
        else:
            made = draft.by_hand(by=self.clerk, title=told["title"], source_text=told["problem"])
        self.key = made.pk

    def agree(self, due: date | None) -> None:
        """Fill in what is agreed."""
        told, people = self.told, self.stage.people
        given: dict[str, Any] = {
            "title": told["title"], "owner": people[told["owner"]].pk, "unit": self._unit(),
            "co_owners": [people[key].pk for key in told.get("co_owners", ())],
            "evidence_count": 1, "evidence_independence": 2,
        }  # fmt: skip
        if "answers" in told:
            given["problems"] = [self.stage.points[f"problem {told['answers']}"].pk]
        else:
            given["no_problem"] = told["problem"]
        if "standing" in told:
            given |= {"time_class": "standing", "check_days": told["standing"], "deadline": None}
        else:
            days = (due - clock.today()).days if due else 0
            given |= {"time_class": "short" if days < _SHORT else "middle", "deadline": due}
        self.do(draft.edit, self.clerk, given=given | self._indicator())
        if told.get("special") and self.stage.special is not None:
            self.do(special.link, self.clerk, special=self.stage.special.pk)

    def _unit(self) -> int:
        person = self.stage.people[self.told["owner"]]
        unit: int = person.posts.order_by("pk").values_list("unit_id", flat=True)[0]
        return unit

    def _indicator(self) -> dict[str, Any]:
        told = self.told
        if "number" in told:
            what, unit, first, goal, source = told["number"]
            return {"indicator_kind": "number", "indicator": what, "measure_unit": unit,
                    "baseline": first, "target": goal, "reading_source": source}  # fmt: skip
        if "looks" in told:
            who, where, when, at = told["looks"]
            return {"indicator_kind": "criterion", "looks_who": who, "looks_where": where,
                    "looks_when": when, "looks_at": at}  # fmt: skip
        return {"indicator_kind": "none"}

    def propose(self) -> None:
        """Put it before its owner."""
        self.do(draft.propose, self.clerk)

    def claim(self) -> None:
        """Take it on."""
        self.do(
            draft.claim,
            self.owner,
            unverifiable="number" not in self.told and "looks" not in self.told,
        )

    def decline(self) -> None:
        """Hand it back."""
        self.do(draft.decline, self.owner, reason="三个项目里有两个由项目办实施，请一并明确责任。")

    def start(self) -> None:
        """Begin to work."""
        self.do(work.start, self.owner)

    # Work.

    def note(self, number: int) -> None:
        """Note the progress of so many-th note."""
        notes = self.told["notes"] or ["正在办理。"]
        words = notes[min(number, len(notes) - 1)]
        self.do(work.add_progress, self.owner, text=words, happened_on=clock.today())

    def read(self, share: float) -> None:
        """Enter a reading: ``share`` of the way from the baseline to the target."""
        if "number" not in self.told:
            return
        _, _, first, goal, source = self.told["number"]
        value = goal if share >= 1 else round(first + (goal - first) * share)
        self.do(work.add_reading, self.witness, value=value, read_on=clock.today(), source=source)

    def own_evidence(self) -> None:
        """Let the owner hand in a photo, minutes, or a note of calls."""
        kind, title, make = _OWN[self.key % len(_OWN)]
        self._evidence(self.owner, kind, title, 1, make(self.key))

    def prove(self) -> None:
        """Let the work be done today, with the last reading and evidence from elsewhere."""
        self.done_on = clock.today()
        self.read(1.0)
        kind = "count" if "number" in self.told else "visit"
        title = "清点记录" if kind == "count" else "到场查看记录"
        name = self.told["number"][0] if "number" in self.told else "现场"
        self._evidence(self.witness, kind, title, 3 if self.told.get("outside") else 2,
                       files.sheet(self.key, name))  # fmt: skip

    def _evidence(self, by: Person, kind: str, title: str, declared: int, file: Any) -> None:
        self.do(proofs.add, by, kind=kind, title=title, dated=clock.today(), declared=declared,
                note="见所附文件，当天在现场形成。", file=file)  # fmt: skip

    # Closing.

    def apply(self) -> None:
        """Apply for closing."""
        assert self.done_on is not None  # `prove` comes first
        self.do(closing.apply, self.owner, done_on=self.done_on,
                statement="各项工作已经完成，读数和佐证由其他科室提供，请到现场核验。")  # fmt: skip

    def assign(self) -> None:
        """Name the verifier."""
        self.do(closing.assign, self.clerk, verifier=self.verifier.pk)

    def verify(self, passed: bool = True) -> None:
        """Go and look."""
        seen = "逐处查看，与清点记录一致，现场询问的三位居民都说已经解决。"
        if not passed:
            seen = "抽查的五处里有两处又恢复原样，公示牌上的时限同实际不符。"
        self.do(closing.verify, self.verifier, passed=passed, seen=seen, place=self._place(),
                seen_on=clock.today(), criterion_met=passed if "looks" in self.told else None,
                reason="与佐证相符。" if passed else "两处没有做到，请整改后再申请。",
                publish_place="街道公示栏、社区公示栏" if passed else "")  # fmt: skip

    def _place(self) -> str:
        return str(self.told["looks"][1] if "looks" in self.told else "现场及社区档案室")

    def close(self) -> None:
        """Close it after publication."""
        self.do(closing.close, self.clerk)

    def confirm(self) -> None:
        """Look again after the watch."""
        other = "outsider" if self.told.get("outside") else "verifier"
        self.do(closing.confirm, self.stage.people[other], place=self._place(),
                seen="回头看没有反弹，抽查的三处保持原样，居民没有新的反映。", seen_on=clock.today())  # fmt: skip

    def relapse(self) -> None:
        """Register that it is back."""
        self.do(closing.relapse, self.stage.people["reviewer"], happened_on=clock.today(),
                reason="居民来电反映又堆满了，到现场看有6处恢复原样。")  # fmt: skip

    def object(self) -> None:
        """Register an objection."""
        self.do(closing.object_to, self.clerk, received_on=clock.today(),
                text="有社区反映，表格少了，同样的内容改用电话、微信要，次数没有少。")  # fmt: skip

    def settle_objection(self, upheld: bool) -> None:
        """Decide the objection that is open."""
        row = Objection.objects.get(publication__commitment=self.key, result=Objection.Result.OPEN)
        words = (
            "抽查三个社区属实，退回整改。" if upheld else "到现场看过，反映的是另一处，已另行办理。"
        )
        self.do(closing.decide_objection, self.stage.people["deputy2"], objection=row.pk,
                upheld=upheld, reason=words)  # fmt: skip

    # Standing commitments, changes, access.

    def stand(self) -> None:
        """Let it stand."""
        self.do(work.stand, self.owner)

    def check(self, holds: bool = True) -> None:
        """Check a standing commitment."""
        seen = "抽查5户，老人都说得出上次走访的时间和走访的人。"
        if not holds:
            seen = "抽查5户，有两户近三个月没有人上门，走访记录是补填的。"
        self.do(
            work.check_standing, self.verifier, checked_on=clock.today(), holds=holds, seen=seen
        )

    def ask(self, kind: str, reason: str, **new: Any) -> None:
        """Ask for a change."""
        self.do(changes.ask, self.owner, kind=kind, new=new, reason=reason)

    def decide(self, approve: bool, words: str = "") -> None:
        """Decide the change that waits."""
        row = Change.objects.get(commitment=self.key, state=Change.State.OPEN)
        above = "deputy" if self.told["owner"] in {"build", "city", "project", "safety"} else "head"
        self.do(changes.decide, self.stage.people[above], change=row.pk, approve=approve,
                decision=words)  # fmt: skip

    def open_outside(self) -> None:
        """Open it to the residents' group, who read and bring evidence."""
        self.do(access.open_to, self.clerk, person=self.witness.pk)

    def later(self, days: int) -> date:
        """Return a day after today."""
        return clock.today() + timedelta(days=days)
