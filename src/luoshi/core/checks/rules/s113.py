"""S113: a new problem inside a cause.

What: a cause that names a concrete failing (with its month or figure, or singled out by
特别是 with the author's post; or any count of things amiss with its month) of which no problem
speaks.
Why: a failing named only among the causes has no measure and is never rectified.
Basis: seen. A real paper names its gravest failing in a cause (DOMAIN.md §2).
Example: “……特别是去年8月，未经会议研究就签订协议，金额12.6万元。” and no such problem.
Counter-example: a cause that comes back to a figure that a problem gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._matters import shared
from luoshi.core.checks.rules._structure import causes_apart
from luoshi.core.reading.model import Span

META = Meta(
    code="S113",
    title="原因里冒出新问题",
    family="structure",
    severity="warning",
    basis="seen",
    why="只写在原因里的问题没有措施，也不会进台账；请列入存在的问题，并补上措施。",
)
_MONEY = r"\d[\d.,]*[余多]?(?:万元|亿元|元)"
_COUNT = (
    r"\d[\d.,]*[余多]?(?:件|起|处|户|栋|台|名|人|家|份|只|吨|公斤|箱|瓶|例|笔|辆|批|套|组|亩|盒|支|块|盏|部|间)"
    r"|[两三四五六七八九十](?:件|起|处|户|栋|台|名|人|家|例|笔|辆)|一起"
)
_DAY = r"\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日"
_FACT = re.compile(f"{_MONEY}|{_COUNT}|{_DAY}")
# With a weak word of failing (没有) only these count.
_CASES = re.compile(rf"{_MONEY}|{_DAY}|\d+(?:件|起|户|笔|批|例)")
# Outlines whose causes are made of facts.
_FACTUAL = ("iso-9001-audit", "incident-review")
# What is grave enough needs no figure of things: a month or a number of times will do.
_LOOSE = re.compile(r"\d{1,2}月|\d+(?:次|个|天|条|人次)")
# A count of things with the month it falls in, and a word that something is amiss.
_THINGS = re.compile(
    r"\d[\d.,]*[余多]?(?:万元|亿元|公斤|人次|[\u4e00-\u9fff](?<![年月日号点届期级岁时度分万亿至到成]))"
    r"|[两三四五六七八九十](?:余|多)?[件起处户栋台名人家例笔辆部间张份次条瓶本]"
)
_WHEN = re.compile(
    r"(?<![\d至到-])\d{1,2}月(?!底前|前|起)|去年|今年|上半年|下半年|年初|年底|年末|上个?月|国庆|春节|中秋|元旦|端午|清明|五一|暑假|寒假|学期|(?<!个)[春夏秋冬][天季]|[一二三四]季度|20\d\d年"
)
_AMISS = re.compile(
    r"没|未|无人|无法|不(?![仅只但断过少同论管妨])|坏|剥落|脱落|困|白跑|仍|还|才|只有|丢|漏|错|逾|超|违|假|拖|欠|闲置|空|旧|擅自|投诉|举报"
)
_LONG = re.compile(
    r"[五六七八九十]\d?年|\d{2}年(?!度|\d|[1-9一二三四五六七八九]月)(?<!20\d\d年)|从事|分管\S{0,6}年|工作\S{0,3}年|前面|前述|上述|所说的|查摆的|问题中|次通报"
)
_YEAR = re.compile(r"(20\d\d)年")
_FIGURES = re.compile(r"\d+")
_POST = "作为"
# So many characters in common with a problem, and the matter is not new.
_COMMON = 5
# Two sentences are on one matter when they share words of so many characters.
_MATTER = 4


def find(page: Page) -> Iterator[Objection]:
    """Object to failings in causes that are concrete (warning) or singled out (note)."""
    if not causes_apart(page):
        return
    for cause in page.points("cause"):
        for sentence in page.sentences_of(cause):
            yield from _sentence(page, sentence)


def _sentence(page: Page, sentence: Span) -> Iterator[Objection]:
    strong, weak = page.hits("failing", sentence), page.hits("failing-weak", sentence)
    failing = sorted({*strong, *weak})
    fresh = _recent(page, sentence)
    if (not failing and not fresh) or page.hits("long-ago", sentence):
        return
    stop = len(page.words(sentence).rstrip("。！；")) + sentence.start
    told = _told(page)
    facts = fresh or _facts(page, sentence, bool(strong))
    words = page.words(sentence)
    known = _told_before(page, fresh, words) if fresh else _known(facts, words, told)
    if facts and not known:
        span = Span(_clause(page, sentence, failing[0] if failing else None), stop)
        yield Objection((span,), f"这是一个具体问题（{facts[-1]}），前面查摆的问题里没有。")
        return
    for marker in page.hits("singled-out", sentence):
        after = [hit for hit in failing if hit.start >= marker.end]
        if not after or _POST not in page.text[marker.end : after[0].start]:
            continue
        span = Span(after[0].start, stop)
        if not _same(page.words(span), told):
            message = f"“{page.words(marker)}”后面像是一个新问题，前面查摆的问题里没有。"
            yield Objection((span,), message, severity="note")
            return


def _facts(page: Page, sentence: Span, strong: bool) -> list[str]:
    """Return the facts that make a failing a matter of its own.

    In audits and reviews a cause tells facts by its nature: there a weak word is not enough.
    """
    words = page.words(sentence)
    if page.hits("failing-grave", sentence):
        return [*_FACT.findall(words), *_LOOSE.findall(words)]
    if strong:
        return _FACT.findall(words)
    if page.outline.id in _FACTUAL or not page.hits("matter", sentence):
        return []
    return _CASES.findall(words)


def _recent(page: Page, sentence: Span) -> list[str]:
    """Return the counts of a sentence that tells of a month of this year and of something amiss.

    A motive counts too (我一年走不了几户), but neither says when nor counts things.
    """
    words = page.words(sentence)
    if page.outline.id in _FACTUAL or not _AMISS.search(words) or _LONG.search(words):
        return []
    if not _WHEN.search(words) or page.hits("long-ago", sentence):
        return []
    years = [int(year) for year in _YEAR.findall(words)]
    if years and max(years) < _year(page) - 1:
        return []
    return _THINGS.findall(words)


def _year(page: Page) -> int:
    """Return the year that the title names, or that most of the text is about."""
    title = _YEAR.findall(page.examination.profile.title)
    years = title or _YEAR.findall(page.text)
    return int(max(years, key=years.count)) if years else 0


def _clause(page: Page, sentence: Span, failing: Span | None) -> int:
    """Return where the words begin that tell the failing: its figures or date may stand before."""
    facts = (pattern.search(page.text, *sentence) for pattern in (_FACT, _THINGS))
    places = [fact.start() for fact in facts if fact]
    first = min([failing.start, *places] if failing else places)
    breaks = [page.text.rfind(sign, sentence.start, first) + 1 for sign in "，；：、"]
    low = max(sentence.start, *breaks)
    for marker in page.hits("singled-out", Span(low, first)):
        low = marker.end if marker.start == low else low
    return low


def _told(page: Page) -> str:
    """Return the words of all other points."""
    texts = (page.examination.text_of(p) for p in page.examination.points if p.kind != "cause")
    return "\n".join(texts)


def _told_before(page: Page, facts: list[str], sentence: str) -> bool:
    """Tell whether a sentence before the causes gives one of the facts and names the same matter."""
    for point in (*page.points("problem"), *page.points("previous")):
        for place in page.sentences_of(point):
            words = page.words(place)
            there = [fact for fact in facts if fact in words]
            if (
                2 * len(there) >= len(facts)
                and there
                and sum(map(len, shared(words, sentence))) >= _MATTER
            ):
                return True
    return False


def _known(facts: list[str], sentence: str, told: str) -> bool:
    """Tell whether a problem gives one of the facts; a month or a small number may be another's."""
    there = [fact for fact in facts if fact in told]
    figures = [f for f in there if not f.endswith(("月", "日")) and _large(f)]
    return bool(figures) or (bool(there) and _same(_FACT.sub("", sentence), told))


def _large(fact: str) -> bool:
    return any(len(digits) > 1 for digits in _FIGURES.findall(fact))


def _same(words: str, told: str) -> bool:
    return any(words[i : i + _COMMON] in told for i in range(len(words) - _COMMON + 1))
