"""Filters and tags that every template has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone

register = template.Library()


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """Return the page's own query string with some parameters changed (None or empty: taken out).

    The filters of a list stay as they are while one turns a page or sorts.
    """
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


_STATES = {
    "accepted": "tag-active", "working": "tag-active", "standing": "tag-active",
    "applied": "tag-warn", "verifying": "tag-warn", "published": "tag-warn",
    "suspended": "tag-warn", "returned": "tag-bad", "relapsed": "tag-bad",
    "watching": "tag-good", "confirmed": "tag-good",
}  # fmt: skip


@register.filter
def state_class(key: str) -> str:
    """Return the class of a state's tag; the word in it says what the colour means."""
    return _STATES.get(key, "")


@register.filter
def number(value: Decimal | float | None) -> str:
    """Return a figure as it is read: thousands apart, no zeros that say nothing."""
    if value is None:
        return ""
    words = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return words.rstrip("0").rstrip(".") if "." in words else words


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day as it stands in official papers: 2026年3月1日."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """Return a day and the time of day."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


@register.filter
def get(held: Mapping[str, Any], key: str) -> Any:
    """Return what a table holds under a key."""
    return held.get(key)
