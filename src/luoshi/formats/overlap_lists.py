"""The lists on the page of a comparison: groups, passages copied most, slips, what is common."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.overlap.groups import Place
from luoshi.formats.overlap import Overlap
from luoshi.formats.overlap_sides import Names
from luoshi.formats.overlap_text import KINDS, excerpt, slip_code, slip_words, too_much
from luoshi.formats.report_text import safe

_ROWS, _MEMBERS, _PLACES, _COPIED, _COMMON, _SLIPS = 40, 30, 30, 40, 60, 100
_CONTEXT = 16


class Lists:
    """Makes the lists of one result; each is empty where there is nothing to list."""

    def __init__(self, result: Overlap, names: Names) -> None:
        self._result = result
        self._names = names

    def clusters(self) -> str:
        """Return groups of documents that share passages."""
        items = []
        for group in self._result.clusters[:_ROWS]:
            dates = [
                (self._result.documents[n].dated, n)
                for n in group
                if self._result.documents[n].dated
            ]
            first = f"落款最早的是 {self._names(min(dates)[1])}。" if dates else ""
            items.append(
                f"<li><b>{len(group)} 份</b>：{self._listed(group)}<br>"
                f'<span class="soft">{safe(first)}</span></li>\n'
            )
        return _list(items, len(self._result.clusters), "组")

    def _listed(self, numbers: Sequence[int]) -> str:
        words = "、".join(f"<bdi>{safe(self._names(n))}</bdi>" for n in numbers[:_MEMBERS])
        return words + (f" 等 {len(numbers)} 份" if len(numbers) > _MEMBERS else "")

    def alike(self) -> str:
        """Return documents that are the same as a whole."""
        items = [
            f"<li><b>{len(group)} 份</b>：{self._listed(group)}</li>\n"
            for group in self._result.alike[:_ROWS]
        ]
        return _list(items, len(self._result.alike), "组")

    def copied(self) -> str:
        """Return the passages that most documents have, with their places."""
        items = []
        for group in self._result.copied_most[:_COPIED]:
            number, start, end = group[0]
            words = safe(" ".join(self._result.documents[number].text[start:end].split()))
            places = "；".join(self._place(place) for place in group[:_PLACES])
            more = f"；等 {len(group)} 处" if len(group) > _PLACES else ""
            items.append(
                f'<li><b>{len(group)} 处</b><p class="quote">{words}</p>'
                f'<p class="soft">{places}{more}</p></li>\n'
            )
        return _list(items, len(self._result.copied_most), "段")

    def _place(self, place: Place) -> str:
        return f"<bdi>{safe(self._names(place[0]))}</bdi> 第 {self._result.line(place[0], place[1])} 行"

    def slips(self) -> str:
        """Return characters at odds with the batch, with both places."""
        if not self._result.slips:
            return f"<p>{too_much()}</p>" if self._result.slips is None else ""
        items = [
            f"<li>{self._place(one.place)}：{self._around(one.place)}"
            f'<p class="soft">{slip_code()}　{safe(slip_words(one))}对照 {self._place(one.example)}：'
            f"{self._around(one.example)}</p></li>\n"
            for one in self._result.slips[:_SLIPS]
        ]
        return _list(items, len(self._result.slips), "处")

    def _around(self, place: Place) -> str:
        number, start, end = place
        text = self._result.documents[number].text
        before, behind = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        words = safe(text[start:end])
        return f'<span class="quote">…{safe(before)}<mark>{words}</mark>{safe(behind)}…</span>'

    def common_words(self) -> str:
        """Return what does not count, with how many documents have it."""
        listed = self._result.common.listed
        rows = "".join(
            f'<tr><td class="nowrap">{KINDS[one.kind]}</td><td class="figure">{one.documents}</td><td>{safe(excerpt(one.text))}</td></tr>\n'
            for one in listed[:_COMMON]
        )
        if not rows:
            return ""
        more = (
            f'<p class="soft">还有 {len(listed) - _COMMON} 条，写成表格或 json 时全部列出。</p>'
            if len(listed) > _COMMON else ""
        )  # fmt: skip
        return (
            '<p class="soft">这些话很多材料都写，比对时已经扣除；并排对照里用灰色标出，旁边是有多少份材料写了。</p>'
            '<table class="list"><thead><tr><th scope="col">类别</th><th scope="col">份数</th>'
            f'<th scope="col">文字</th></tr></thead><tbody>{rows}</tbody></table>{more}'
        )


def _list(items: Sequence[str], many: int, unit: str) -> str:
    if not items:
        return ""
    left = many - len(items)
    more = (
        f'<p class="soft">还有 {left} {unit}，写成表格或 json 时全部列出。</p>' if left > 0 else ""
    )
    return f'<ol class="entries">{"".join(items)}</ol>{more}'
