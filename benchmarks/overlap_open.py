"""Prose with an open vocabulary for `overlap_make`: words by class and frequency from jieba's list.

Every document has people, places, matters and figures of its own, as concrete passages in life
have; what everybody writes is the same as in the other prose.
"""

from __future__ import annotations

import importlib.util
import random
import re
from functools import cache
from itertools import accumulate
from pathlib import Path

from overlap_words import SURNAMES, SYLLABLES

_SLOT = re.compile(r"(\{\w+\})")
_FLATTER = 0.85  # the power of a word's frequency with which it is drawn
_LEAST = 5
_CLASSES = {
    "n": "n",
    "v": "v",
    "vn": "v",
    "a": "a",
    "ad": "a",
    "ns": "place",
    "d": "d",
    "i": "i",
    "l": "i",
}
_LONGEST = {"n": 4, "v": 3, "a": 3, "place": 4, "d": 3, "i": 4}
_TEMPLATES = [
    "{time}，{unit}{who}{v}{n}时{d}{v}了{n}", "{who}{d}{v}{place}{n}的{n}", "{place}{place2}{n}{a}，{num}{v}{n}",
    "{n}{a}，{n}也{d}{a}", "{unit}把{n}{v}给{who}，{d}{v}", "我{d}{v}{who}关于{n}的{n}", "{num}没有{v}，{num}{v}后又{v}",
    "{who}反映{place2}的{n}{v}{n}", "{n}与{n}{v}不{a}", "对{n}{v}得{a}", "{i}，{n}{v}了{num}", "{time}{who}再次{v}{n}",
    "{place2}{n}由{unit}{v}，{n}由{who}{v}", "{v}{n}的{n}只有{num}", "{time}才{v}{n}，{n}已经{v}", "没有{v}{n}，也没有{v}{n}",
    "{n}{v}{i}", "{who}与{who}为{n}{v}{num}", "{unit}{v}的{n}{a}而{n}{a}", "{a}的{n}里{v}着{n}",
    "因为{n}{a}，{who}{d}{v}", "{v}过{num}{n}，{d}{v}{n}", "{n}、{n}和{n}都{v}在{place2}", "想{v}{n}又怕{v}{n}",
]  # fmt: skip
_UNITS = [
    "社区",
    "街道",
    "科",
    "办",
    "所",
    "站",
    "中心",
    "公司",
    "小区",
    "商户",
    "业委会",
    "学校",
    "医院",
    "合作社",
]
_AREAS = ["路", "街", "巷", "里", "园", "村", "河", "桥", "广场", "大厦", "新区", "市场"]
_MEASURES = [
    "户",
    "件",
    "处",
    "次",
    "名",
    "家",
    "条",
    "份",
    "万元",
    "天",
    "平方米",
    "台",
    "页",
    "个月",
]
_ROLES = [
    "主任",
    "书记",
    "科长",
    "队长",
    "师傅",
    "老人",
    "经理",
    "同志",
    "大姐",
    "老师",
    "医生",
    "",
]


@cache
def _words() -> dict[str, tuple[list[str], list[float]]]:
    """Return the words of each class with their sums of weights."""
    found: dict[str, list[tuple[str, float]]] = {}
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: its list of words is needed")
    with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, number, kind = line.split()
            name = _CLASSES.get(kind)
            if name and int(number) >= _LEAST and 2 <= len(word) <= _LONGEST[name]:
                found.setdefault(name, []).append((word, int(number) ** _FLATTER))
    return {
        name: ([word for word, _ in words], list(accumulate(weight for _, weight in words)))
        for name, words in found.items()
    }


def _word(name: str, rng: random.Random) -> str:
    words, sums = _words()[name]
    return rng.choices(words, cum_weights=sums)[0]


def _area(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))) + rng.choice(_AREAS)


def _filled(slot: str, rng: random.Random) -> str:
    if slot == "time":
        return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    if slot == "num":
        return f"{rng.randint(2, 400)}{rng.choice(_MEASURES)}"
    if slot == "place2":
        return _area(rng)
    if slot == "unit":
        return "".join(rng.sample(SYLLABLES, 2)) + rng.choice(_UNITS)
    if slot == "who":
        given = _word("n", rng)[: rng.choice((1, 2))]
        return rng.choice(SURNAMES) + (given if rng.random() < 0.7 else "") + rng.choice(_ROLES)
    return _word(slot, rng)


def sentence(rng: random.Random) -> list[tuple[str, str]]:
    """Return a sentence as words with the slots they came from ("" for fixed words)."""
    words: list[tuple[str, str]] = []
    clauses = "，".join(rng.choice(_TEMPLATES) for _ in range(rng.randint(1, 3))) + "。"
    for part in _SLOT.split(clauses):
        if part.startswith("{"):
            words.append((_filled(part[1:-1], rng), part[1:-1]))
        elif part:
            words += [(word, "") for word in re.findall(r"[^，。]{1,2}|[，。]", part)]
    return words


def other(rng: random.Random) -> str:
    """Return a word to put in another one's place."""
    return _word(rng.choice(("n", "n", "v", "v", "a", "d")), rng)[:2]
