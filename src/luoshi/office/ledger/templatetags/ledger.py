"""Filters of the ledger's templates."""

from __future__ import annotations

from django import template

from luoshi.office.examinations.models import Point

register = template.Library()


@register.filter
def words(point: Point) -> str:
    """Return what a point of a material says, without its number."""
    text: str = point.examination.text[point.words : point.end]
    return text.strip()
