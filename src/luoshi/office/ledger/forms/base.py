"""What every form of the ledger is: plain questions, errors beside them, the item's version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from luoshi.office.accounts.models import Person, Post, Unit
from luoshi.office.accounts.permissions import on_day
from luoshi.office.journal import clock
from luoshi.office.ledger.models import Commitment

Choices = list[tuple[Any, str]]


class Day(forms.DateField):
    """A day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "请填写正确的日期，例如 2026-03-01。"


class Words(forms.CharField):
    """Several sentences."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class YesNo(forms.TypedChoiceField):
    """A question answered by one of two; nothing is chosen beforehand."""

    def __init__(self, *, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)], coerce=lambda chosen: chosen == "yes",
            empty_value=None, widget=forms.RadioSelect, **kwargs,
        )  # fmt: skip


class Choice(forms.TypedChoiceField):
    """One row of a list, by its number."""

    def __init__(self, *, empty: str = "请选择", **kwargs: Any) -> None:
        self.empty = empty
        kwargs.setdefault("coerce", int)
        super().__init__(empty_value=None, **kwargs)

    def offer(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Give the list its rows, with a first one that chooses nothing."""
        self.choices = [("", self.empty), *choices]


class Several(forms.TypedMultipleChoiceField):
    """Rows of a list, ticked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        super().__init__(empty_value=[], widget=forms.CheckboxSelectMultiple, **kwargs)


class Plain(forms.Form):
    """A form in plain Chinese: the browser leaves the checking to us, and we say what to do."""

    use_required_attribute = False
    #: Fields that are needed in some cases, which their hint names.
    conditional: tuple[str, ...] = ()
    #: Fields that stand under one heading: ((heading, names), …); the others come first.
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.by = by
        for name, field in self.fields.items():
            choose = isinstance(field, forms.ChoiceField | forms.FileField)
            field.error_messages["required"] = f"请{'选择' if choose else '填写'}“{field.label}”。"
            # Short words stand in columns, sentences one below the other.
            field.many = name in {"co_owners", "evidence_kinds"}  # type: ignore[attr-defined]
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = "请从列出的各项中选择。"

        for name in self.conditional:
            if name in self.fields:
                self.fields[name].conditional = True  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Return what the action is called with."""
        return dict(self.cleaned_data)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the visible fields under their headings, in the order of the groups."""
        grouped = {name for _, names in self.groups for name in names}
        first = [field for field in self.visible_fields() if field.name not in grouped]
        found = [("", first)] if first else []
        for heading, names in self.groups:
            found.append((heading, [self[name] for name in names if name in self.fields]))
        return [(heading, fields) for heading, fields in found if fields]


class ItemForm(Plain):
    """A form on one item; ``version`` is what the page showed when it was opened.

    ``about`` is a further row of the item that the form is about.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, item: Commitment, by: Person, about: int = 0, **kwargs: Any
    ) -> None:
        self.item, self.about = item, about
        given = kwargs.pop("initial", None) or {}
        start = {"version": item.version, **self.start(item), **given}
        super().__init__(*args, by=by, initial=start, **kwargs)
        self.prepare()

    @classmethod
    def start(cls, item: Commitment) -> dict[str, Any]:
        """Return what stands in the fields beforehand."""
        return {}

    def prepare(self) -> None:
        """Fit the fields to the item: choices, fields that it does not need."""


class Sure(ItemForm):
    """Nothing to fill in: a button that says what it does."""


def people(office: int, *, outside: bool | None = None) -> Choices:
    """Return the persons of an office who have a post, with their units, to choose from."""
    posts = Post.objects.filter(on_day(clock.today()), office=office, person__active=True)
    names: dict[int, str] = {}
    held: dict[int, dict[str, bool]] = {}
    for post in posts.select_related("person", "unit").order_by("person__name", "person_id", "id"):
        names[post.person_id] = post.person.name
        is_outside = post.unit.kind == Unit.Kind.OUTSIDE
        held.setdefault(post.person_id, {})[post.unit.name] = is_outside
    return [
        (key, f"{names[key]}（{'、'.join(where)}）")
        for key, where in held.items()
        if outside is None or all(where.values()) == outside
    ]


def units(office: int) -> Choices:
    """Return the units of an office that can have items in hand."""
    rows = Unit.objects.filter(office=office, active=True).exclude(kind=Unit.Kind.OUTSIDE)
    return [(unit.pk, unit.name) for unit in rows.order_by("kind", "name")]
