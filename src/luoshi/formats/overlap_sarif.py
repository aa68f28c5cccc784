"""What documents share as SARIF 2.1.0: each passage a result, its other side a related location.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0; lines, columns
and files are told as in `sarif.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.handbook import FAMILY_NAMES
from luoshi.core.overlap.consensus import Slip
from luoshi.core.overlap.folding import fold
from luoshi.core.overlap.groups import Place
from luoshi.core.overlap.texts import Shared
from luoshi.core.reading.model import ReadError
from luoshi.formats.overlap import Overlap
from luoshi.formats.overlap_text import kind, order, slip_words, too_much
from luoshi.formats.regions import Regions
from luoshi.formats.sarif import SCHEMA, file_uri, message_of

Record = dict[str, Any]
_KINDS = ("whole", "exact", "reworded", "slip")
_SNIPPET_AT_MOST = 300
_RELATED_AT_MOST = 50


def overlap_sarif(result: Overlap, failures: Sequence[tuple[str, ReadError]] = ()) -> Record:
    """Return one SARIF log; ``failures`` are files that could not be compared, with why.

    A passage stands where the later of the two documents has it; where it is not known which is
    later, in the one that is not a reference.
    """
    writer = _Writer(result)
    run = {
        "tool": {"driver": {"name": "luoshi", "version": version("luoshi"), "rules": _rules()}},
        "automationDetails": {"id": "luoshi/overlap/"},
        "invocations": [_invocation(result, failures)],
        "language": "zh-CN",
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [
            {"location": {"uri": file_uri(one.path)}, "hashes": {"sha-256": one.sha256}}
            | ({"roles": ["analysisTarget"]} if number >= result.references else {})
            for number, one in enumerate(result.documents)
        ],
        "results": [
            *(writer.whole(group) for group in result.alike),
            *(writer.passage(one) for one in result.found),
            *(writer.slip(one) for one in result.slips or ()),
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules() -> list[Record]:
    codes = knowledge.table("overlap/codes")
    return [
        {
            "id": codes[name]["code"],
            "name": codes[name]["name"],
            "shortDescription": message_of(codes[name]["name"]),
            "fullDescription": message_of(codes[name]["why"]),
            "defaultConfiguration": {"level": codes[name]["level"]},
            "properties": {
                "family": "overlap",
                "basis": codes["basis"],
                "tags": [FAMILY_NAMES["overlap"]],
                "problem.severity": codes[name]["level"],
            },
        }
        for name in _KINDS
    ]


def _invocation(result: Overlap, failures: Sequence[tuple[str, ReadError]]) -> Record:
    told: list[Record] = [
        {
            "level": "error",
            "message": message_of(why.message),
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": file_uri(path)}}}],
        }
        for path, why in failures
    ]
    if result.slips is None:
        told.append({"level": "warning", "message": message_of(too_much())})
    return {"executionSuccessful": not failures} | (
        {"toolExecutionNotifications": told} if told else {}
    )


class _Writer:
    """Writes results; regions of a document are prepared when it is first needed."""

    def __init__(self, result: Overlap) -> None:
        self._result = result
        self._codes = knowledge.table("overlap/codes")
        self._regions: dict[int, Regions] = {}

    def whole(self, group: Sequence[int]) -> Record:
        """Return documents that are the same as a whole, at the last of them."""
        names = "、".join(self._result.documents[number].path for number in group[:-1][:5])
        more = f"等 {len(group) - 1} 份" if len(group) > 6 else ""
        related = [self._location(self._all_of(number)) for number in group[:-1][:_RELATED_AT_MOST]]
        words = f"与 {names}{more}整篇相同。"
        return self._told("whole", words, self._all_of(group[-1]), related)

    def passage(self, one: Shared) -> Record:
        """Return a passage."""
        earlier = self._result.earlier(one.a, one.b)
        sides: list[Place] = [(one.b, *one.b_span), (one.a, *one.a_span)]
        here, there = (
            sides[::-1] if earlier == one.b and one.a >= self._result.references else sides
        )
        words = f"与 {self._result.documents[there[0]].path} 雷同：{kind(one)}，{order(self._result, one.a, one.b)}。"
        name = "exact" if one.is_exact else "reworded"
        return self._told(name, words, here, [self._location(there)]) | {
            "properties": {"covered": one.covered, "bits": one.bits}
        }

    def slip(self, one: Slip) -> Record:
        """Return a likely slip, with a place of the usual spelling."""
        return self._told("slip", slip_words(one), one.place, [self._location(one.example)])

    def _told(self, name: str, words: str, at: Place, related: list[Record]) -> Record:
        meta = self._codes[name]
        number, start, end = at
        folded = fold(self._result.documents[number].text[start:end]).tobytes()
        return {
            "ruleId": meta["code"],
            "ruleIndex": _KINDS.index(name),
            "level": meta["level"],
            "message": message_of(f"{words}{meta['why']}"),
            "locations": [self._location(at)],
            "relatedLocations": [{"id": n, **place} for n, place in enumerate(related, 1)],
            "partialFingerprints": {
                "luoshi/v1": hashlib.sha256(meta["code"].encode() + folded).hexdigest()
            },
        }

    def _all_of(self, number: int) -> Place:
        return number, 0, len(self._result.documents[number].text)

    def _location(self, place: Place) -> Record:
        number, start, end = place
        document = self._result.documents[number]
        if number not in self._regions:
            self._regions[number] = Regions(document.text, document.whole)
        region = self._regions[number].region(start, end)
        if 0 < end - start <= _SNIPPET_AT_MOST:
            region["snippet"] = {"text": document.text[start:end]}
        return {
            "physicalLocation": {
                "artifactLocation": {"uri": file_uri(document.path), "index": number},
                "region": region,
            }
        }
