"""When a material was written, and which year's meeting it is for: what its own lines print."""

from __future__ import annotations

import re
from datetime import date

from luoshi.core.material.model import Examination
from luoshi.core.material.outline import load
from luoshi.core.text.days import printed_day

_YEAR = re.compile(r"(20\d\d)\s*年")


def written_on(examination: Examination) -> date | None:
    """Return the day that the lines at the end or under the title print, or None."""
    title, text = examination.profile.title_span, examination.document.text
    return printed_day(text, title.end if title else len(text))


def held_for(examination: Examination) -> int:
    """Return the year of the meeting: the title's, else the outline's; 0 where neither has one."""
    match = _YEAR.search(examination.profile.title)
    return int(match[1]) if match else load(examination.outline).year
