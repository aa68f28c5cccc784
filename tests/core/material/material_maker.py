"""Materials for the tests: read from lines, or drawn at random with the points they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from luoshi.core.material import split
from luoshi.core.material.frame import marks_of
from luoshi.core.material.outline import load
from luoshi.core.material.parts import assign_parts
from luoshi.core.material.tree import build_tree
from luoshi.core.reading import read_bytes

GENERAL = "general"


def document(text, name="a.txt"):
    return read_bytes(text.encode(), name)


def examine(text, name="a.txt", outline=None):
    return split(document(text, name), outline)


def points(text, name="a.txt", outline=None):
    """Return (kind, path, words of the point) of every point."""
    done = examine(text, name, outline)
    return [(p.kind, p.path, done.text_of(p)) for p in done.points]


def leaves(text, name="a.txt", outline=None):
    """Return the points that are statements, without headings."""
    return [point for point in points(text, name, outline) if not point[0].endswith("heading")]


def tree(text, name="a.txt", outline=GENERAL, parts=False):
    """Return the numbering tree of a text, with parts assigned on request."""
    read = document(text, name)
    root = build_tree(read.text, read.blocks, marks_of(read.text, read.blocks), load(outline))
    if parts:
        assign_parts(read.text, root, load(outline))
    return read.text, root


def outline_of(node, text):
    """Return a tree as nested lists of printed labels: ["一", ["（一）", "1", "2"]]."""
    label = node.label or text[node.start : node.end]
    inner = [outline_of(child, text) for child in node.children]
    return [label, *inner] if inner else label


CHINESE = "零一二三四五六七八九十"
SCHEMES = ("cn", "cnp", "ar", "arp", "circ")
STATEMENTS = {
    "problem": ("理论学习不够系统", "联系群众不够紧密", "执行制度不够严格", "推进改革劲头不足", "调查研究浮在面上"),
    "cause": ("理想信念有所松动", "宗旨意识有所淡化", "放松了主观世界改造", "担当精神有所减退", "纪律观念绷得不紧"),
    "measure": ("要强化理论武装", "要密切联系群众", "要严格执行制度", "要大力推进改革", "要深入调查研究"),
}  # fmt: skip
PARTS = {
    "problem": "存在的主要问题", "cause": "产生问题的原因分析", "measure": "下一步整改措施",
}  # fmt: skip
REST = (
    "平时想得多、做得少，效果不明显。",
    "对照要求看，还有较大差距。",
    "这一点同志们也多次提醒过。",
)


def printed(scheme, value):
    """Return the mark with which item ``value`` is printed."""
    number = CHINESE[value] if value <= 10 else "十" + CHINESE[value - 10]
    return {
        "cn": f"{number}、", "cnp": f"（{number}）", "ar": f"{value}.", "arp": f"（{value}）",
        "circ": chr(ord("①") + value - 1),
    }[scheme]  # fmt: skip


@dataclass
class Made:
    """A text and what it holds: (kind, path, start, end) of each leaf in text order."""

    text: str = ""
    leaves: list[tuple[str, str, int, int]] = field(default_factory=list)
    items: int = 0

    def line(self, words, indent=""):
        """Append a line; return the span of its words."""
        start = len(self.text) + len(indent)
        self.text += indent + words + "\n"
        return start, start + len(words)


@st.composite
def materials(draw):
    """Draw a numbered material whose parts have one to four levels below them."""
    made = Made()
    if draw(st.booleans()):
        made.line("个人对照检查材料")
        made.line("按照会议要求，本人认真查摆问题、剖析原因。现将情况报告如下。")
    gap = draw(st.sampled_from(["", "\n"]))
    indent = draw(st.sampled_from(["", "　　"]))
    kinds = draw(st.sampled_from([("problem", "cause", "measure"), ("problem", "measure")]))
    for number, kind in enumerate(kinds, 1):
        made.text += gap
        made.line(f"{CHINESE[number]}、{PARTS[kind]}", indent)
        if draw(st.integers(0, 3)) == 0:
            made.line("主要有以下几个方面：", indent)
        depth = draw(st.integers(1, 3))
        # A part uses a run of schemes in their order, perhaps with a level left out.
        first = draw(st.integers(1, len(SCHEMES) - depth))
        _fill(draw, made, kind, SCHEMES[first : first + depth], CHINESE[number], indent)
    if draw(st.booleans()):
        made.line("总之，我将以此次会议为契机，抓好整改，不辜负组织的期望。", indent)
    return made


def _fill(draw, made, kind, schemes, path, indent):
    values = [1, *draw(st.sampled_from([(2,), (2, 3), (2, 3, 4), (2, 4), (3,)]))]
    for value in values:
        mark = printed(schemes[0], value)
        here = f"{path}/{mark.rstrip('、.')}"
        # No line comes twice: a run of lines that come again is a table of contents.
        made.items += 1
        words = f"{draw(st.sampled_from(STATEMENTS[kind]))}，事例{made.items}"
        if len(schemes) > 1 and draw(st.integers(0, 3)):
            made.line(f"{mark}{words}", indent)
            _fill(draw, made, kind, schemes[1:], here, indent)
            continue
        rest = "".join(draw(st.lists(st.sampled_from(REST), min_size=0, max_size=2)))
        start, end = made.line(f"{mark}{words}。{rest}", indent)
        if draw(st.integers(0, 4)) == 0 and value == 1:
            # A second paragraph belongs to the item above it.
            end = made.line(draw(st.sampled_from(REST)), indent)[1]
        made.leaves.append((kind, here, start, end))
