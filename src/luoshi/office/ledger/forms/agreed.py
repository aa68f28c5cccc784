"""What is agreed of an item: asked in a draft, and again where a change of it is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.accounts.models import Person
from luoshi.office.examinations.models import Point
from luoshi.office.ledger import terms
from luoshi.office.ledger.forms.base import Choice, Day, ItemForm, Several, people, units
from luoshi.office.ledger.masking import Hide, hiding_from
from luoshi.office.ledger.models import Commitment, Evidence, SpecialLedger

_INDEPENDENCE = [(2, "来自其他科室（社区）或单位以外"), (3, "必须来自单位以外")]
_LONGEST = 80


class Agreed(forms.Form):
    """Every question about an item that has to be answered before it is taken on."""

    title = forms.CharField(
        label="整改事项", max_length=200, help_text="一句话写清要做成什么，不写“加强”“提高”。"
    )
    owner = Choice(
        label="责任人", required=False, empty="还没有", help_text="一个人，由他（她）来认领。"
    )
    co_owners = Several(label="协办人", required=False)
    unit = Choice(label="责任单位", required=False, empty="还没有")
    time_class = forms.ChoiceField(
        label="时限类别", required=False, choices=[("", "还没有"), *Commitment.TimeClass.choices],
        help_text="长期坚持不等于完成：没有期限，但要按期复查。",
    )  # fmt: skip
    deadline = Day(label="整改时限", required=False, help_text="填具体日期，或者在下面填工作日数。")
    working_days = forms.IntegerField(
        label="或者：多少个工作日", required=False, min_value=1, max_value=terms.WORKING_DAYS_MOST
    )
    counted_from = Day(
        label="从哪一天起算", required=False, help_text="当天不算，不填就从今天起算。"
    )
    check_days = forms.IntegerField(
        label="每隔多少天复查一次", required=False, min_value=1, max_value=366,
        help_text="只有长期坚持的事项要填。",
    )  # fmt: skip
    problems = Several(label="对应哪些问题", required=False)
    causes = Several(label="要消除哪些原因", required=False)
    no_problem = forms.CharField(
        label="没有对应问题的原因", required=False, max_length=200,
        help_text="上面一个都没有选时要写明。",
    )  # fmt: skip
    indicator_kind = forms.ChoiceField(
        label="怎样看出做到了", choices=Commitment.IndicatorKind.choices, widget=forms.RadioSelect,
        help_text="两种都定不下来的是“无法核验”：照常列出，不能销号，不算完成。",
    )  # fmt: skip
    indicator = forms.CharField(
        label="指标", required=False, max_length=200, help_text="数的是什么，例如“占道经营点”。"
    )
    measure_unit = forms.CharField(label="计量单位", required=False, max_length=20)
    baseline = forms.DecimalField(
        label="基数（现在是多少）", required=False, decimal_places=2, max_digits=14
    )
    target = forms.DecimalField(
        label="目标（要到多少）", required=False, decimal_places=2, max_digits=14
    )
    reading_source = forms.CharField(
        label="数据从哪里来", required=False, max_length=100, help_text="最好不由责任人自己提供。"
    )
    reading_dates = forms.CharField(
        label="哪几天读数", required=False, max_length=300,
        help_text="例如“2026-03-31、2026-06-30”，用顿号或空格隔开。",
    )  # fmt: skip
    looks_who = forms.CharField(label="由谁看", required=False, max_length=100)
    looks_where = forms.CharField(label="在哪里看", required=False, max_length=100)
    looks_when = forms.CharField(label="什么时候看", required=False, max_length=100)
    looks_at = forms.CharField(
        label="看什么", required=False, max_length=200,
        help_text="任何人到场都能看出做到没做到，例如“窗口公示了办理时限，并且照此办理”。",
    )  # fmt: skip
    evidence_kinds = forms.MultipleChoiceField(
        label="必须有的佐证", required=False, choices=Evidence.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    evidence_count = forms.IntegerField(label="佐证至少几件", min_value=1, max_value=50, initial=1)
    evidence_independence = forms.TypedChoiceField(
        label="至少一件佐证要来自", coerce=int, choices=_INDEPENDENCE, widget=forms.RadioSelect
    )
    special = Choice(label="列入哪个专项台账", required=False, empty="不列入")

    def clean_reading_dates(self) -> list[str]:
        """Return the days, as they were typed, one by one."""
        typed: str = self.cleaned_data["reading_dates"]
        return typed.replace("、", " ").replace("，", " ").split()


GROUPS = (
    ("谁负责", ("owner", "co_owners", "unit")),
    ("什么时候", ("time_class", "deadline", "working_days", "counted_from", "check_days")),
    ("针对什么", ("problems", "causes", "no_problem")),
    ("指标", ("indicator_kind",)),
    (
        "数量指标填这里",
        ("indicator", "measure_unit", "baseline", "target", "reading_source", "reading_dates"),
    ),
    ("可观察的标准填这里", ("looks_who", "looks_where", "looks_when", "looks_at")),
    (
        "佐证要求",
        ("evidence_kinds", "evidence_count", "evidence_independence"),
    ),
    ("归类", ("special",)),
)


class Edit(ItemForm, Agreed):
    """The whole draft on one page."""

    groups = GROUPS
    # A draft may be saved half filled; what is missing is said when it is to be taken on.
    conditional = tuple(name for _, names in GROUPS for name in names)

    @classmethod
    def start(cls, item: Commitment) -> dict[str, Any]:
        """Return what the draft says now."""
        return start(item)

    def prepare(self) -> None:
        """Offer the office's people, units and ledgers, and the material's points."""
        offer(self, self.item)

    def arguments(self) -> dict[str, Any]:
        """Return the columns as one table."""
        given = dict(self.cleaned_data)
        if given["working_days"] and given["deadline"] == self.item.deadline:
            del given["deadline"]  # counted anew: the day that stood there is not what was typed
        return {"version": given.pop("version"), "given": given}


def start(item: Commitment) -> dict[str, Any]:
    """Return what an item says now, as the fields show it."""
    found = terms.current(item, (n for n in terms.ALL if n != "deadline_note"))
    found["reading_dates"] = "、".join(item.reading_dates)
    # A deadline that was counted from a day is shown as the day that came of it.
    return found


def offer(form: forms.Form, item: Commitment) -> None:
    """Give the fields their choices: the office's people and units, the material's points."""
    inside = people(item.office_id, outside=False)
    by: Person = form.by  # type: ignore[attr-defined]  # every form of an item has one
    for name, field in form.fields.items():
        if name == "owner":
            field.offer(inside)  # type: ignore[attr-defined]
        elif name == "co_owners":
            field.choices = inside  # type: ignore[attr-defined]
        elif name == "unit":
            field.offer(units(item.office_id))  # type: ignore[attr-defined]
        elif name == "special":
            rows = SpecialLedger.objects.filter(office=item.office_id).order_by("name")
            field.offer(rows.values_list("pk", "name"))  # type: ignore[attr-defined]
        elif name in {"problems", "causes"}:
            kind = Point.Kind.PROBLEM if name == "problems" else Point.Kind.CAUSE
            field.choices = _points(item, kind, hiding_from(by))  # type: ignore[attr-defined]


def _points(item: Commitment, kind: str, hide: Hide) -> list[tuple[int, str]]:
    """Return the points of the item's material, and those it is linked to elsewhere."""
    links: Any = item.problem_links if kind == Point.Kind.PROBLEM else item.cause_links
    linked = Point.objects.filter(pk__in=links.values("point_id"))
    rows = Point.objects.filter(examination=item.examination_id, kind=kind, dropped=False) | linked
    if item.examination_id is None:
        rows = linked | Point.objects.filter(
            office=item.office_id, kind=kind, dropped=False
        )  # an item made by hand may answer a problem of any material
    found = rows.distinct().select_related("examination").order_by("-examination_id", "start")
    return [(point.pk, short(point, hide)) for point in found[:300]]


def short(point: Point, hide: Hide = str) -> str:
    """Return the beginning of what a point says."""
    words = hide("".join(point.examination.text[point.words : point.end].split()))
    return f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
