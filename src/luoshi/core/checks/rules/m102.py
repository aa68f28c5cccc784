"""M102: a measure, or a sentence of one, that answers no problem named.

What: a measure linked to no problem, or a sentence of a measure on a concrete matter
that no problem mentions.
Why: either a problem was left out, or the measure was copied from elsewhere.
Basis: seen (DOMAIN.md §1: a measure on demolition petitions without a problem).
Example: 措施“解决征地信访问题。” in a material without a word on land or petitions.
Counter-example: the same measure where a problem names the unresolved petitions.
"""

from __future__ import annotations

from luoshi.core.checks.model import Finding
from luoshi.core.material.model import Examination
from luoshi.core.reading.model import Span

CODE = "M102"


def find(examination: Examination) -> list[Finding]:
    """Return one finding per rootless measure or sentence; none when no problem is named."""
    if not examination.of_kind("problem"):
        return []
    spans = [examination.heading_of(point) for point in examination.rootless()]
    spans += examination.stray
    return [
        Finding(
            CODE,
            "measures",
            "note",
            (Span(*span),),
            "这条措施没有对应前面提出的任何问题。",
            "可能是问题漏写了，也可能是照搬了别处的措施。请补上问题，或删去措施。",
            "seen",
        )
        for span in sorted(spans)
    ]
