"""Numbers of items (编号): year and a running number in the office, never given twice."""

from __future__ import annotations

from datetime import date

from django.db.models.functions import Length

from luoshi.office.accounts.models import Office
from luoshi.office.ledger.models import Commitment


def next_number(office: int, day: date) -> str:
    """Return the next number of an office, such as ``2026-0007``; for use in an action.

    The office's row is locked, so that two actions at once get two numbers.
    """
    Office.objects.select_for_update(no_key=True).filter(pk=office).first()
    prefix = f"{day.year}-"
    rows = Commitment.objects.filter(office=office)
    last = rows.order_by("-id").values_list("number", flat=True).first()
    if last is not None and not _ours(last, prefix):
        # Numbers of another kind (taken over from an older ledger) or of another year.
        of_year = rows.filter(number__gte=prefix, number__lt=f"{day.year}.")
        longest = of_year.order_by(Length("number").desc(), "-number")
        numbers = (n for n in longest.values_list("number", flat=True) if _ours(n, prefix))
        last = next(numbers, None)
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"


def _ours(number: str, prefix: str) -> bool:
    rest = number[len(prefix) :]
    return number.startswith(prefix) and rest.isascii() and rest.isdecimal()
