"""Reports with made-up findings, for tests of what is written from them."""

from __future__ import annotations

from luoshi.core.checks import Finding, Report
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span


def finding(*spans, code="X101", severity="warning", message="这里不妥。", why="请改。", fix=""):
    places = tuple(Span(*span) for span in spans)
    return Finding(code, "text", severity, places, message, why, "custom", fix)


def report_on(data, *findings, name="a.txt"):
    document = read_bytes(data, name)
    return Report(document, split(document), tuple(findings))


def span_of(text, words, start=0):
    at = text.index(words, start)
    return Span(at, at + len(words))
