"""References to what should stand beside the text and does not: 见附件3, 如图2所示."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import quoted
from luoshi.core.reading.model import Span

# What stands beside the text: nothing of the kind is there, neither as a line nor as a table.
_BESIDE = re.compile(
    r"(?:(?<!意)见|[如列按附]|参照|参见|依据|所附)(?:本报告|本材料|文末|后面)?的?(?P<what>附件|附表|附图|附录|下表|上表|[图表](?=\d))"
    r"(?:[ \u3000]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-D])(?![\d月年日]))?(?!的?(?:征求|意见|登记))"
)
_OPENS = {
    "附件": ("附件",),
    "附录": ("附录", "附件"),
    "附图": ("附图", "图", "附件"),
    "图": ("图", "附图"),
}


def absent(page: Page) -> Iterator[Objection]:
    """Object to 见附件3 and 如图2所示 in a paper that has neither enclosures nor tables nor figures."""
    tables = any(block.kind == "row" for block in page.document.blocks)
    for match in _BESIDE.finditer(page.text):
        opens = _OPENS.get(match["what"], ("表", "附表", "附件"))
        low = page.text.rfind("\n", 0, match.start()) + 1
        cited = "《" in page.text[low : match.start()].rpartition("。")[2]
        lines = (page.words(line).lstrip("*# （(") for line in page.paragraphs)
        if tables and "表" in match["what"]:
            continue
        if cited or quoted(page, match.start()) or any(line.startswith(opens) for line in lines):
            continue
        message = f"“{match[0]}”：材料里没有{match['what']}。"
        yield Objection((Span(*match.span()),), message)
