"""A batch with materials of four people, one of them in two drafts, as the actions leave it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.office.make import days_ago, save

from luoshi.core.reading.model import DEFAULT_LIMITS
from luoshi.engines.importing import examine
from luoshi.office.examinations import storage
from luoshi.office.examinations.models import Examination, Link, Point
from luoshi.office.journal.act import SYSTEM
from luoshi.office.review import comparing as job
from luoshi.office.review.actions import batches, comparing, materials
from luoshi.office.review.models import Batch, Draft, Template

OPENINGS = {
    "责任人": "按照会议部署，本人学习了有关文件，同科室和社区的同志谈心谈话6次，征求到意见12条，对照检查如下。",
    "同事": "接到会议通知以后，我先后走访了4个社区，听取居民和同事的意见共9条，逐条对照自己，现把情况报告如下。",
    "城管科长": "会前我请协管员和摊主各座谈了一次，收到书面意见15张，与班子成员谈心3次，下面向会议作检查。",
    "副主任": "本人分管民政和社区工作，会前到5个社区听取意见，共记下21条，同分管科室负责人逐一谈话，现检查如下。",
}
BEFORE = {
    "责任人": "去年提出的3项整改，完成了2项，停车管理一项因为没有场地还在推进。",
    "同事": "上次会上答应的两件事，便民窗口延时已经做到，热线回访率只到八成，没有达到说好的九成五。",
    "城管科长": "上一次查摆的问题是夜市油烟，4月加装净化设备后投诉由每月30件降到6件，还没有归零。",
    "副主任": "上次民主生活会指出调研少，今年增加了次数，走过场的情况没有根本改变。",
}
HEAD = """{name}2025年度民主生活会个人对照检查材料

{opening}

一、上次问题整改情况
{before}

二、存在的问题
"""
COPIED = (
    "东堤小区二号楼楼道长期堆放旧家具，7月以来居民通过热线反映了9次，我只在群里转发过两次，没有到现场看过，"
    "直到消防检查时才发现疏散通道只剩下不到半米宽，险些酿成大祸，群众对此意见很大。"
)
REWORDED = (
    "东堤小区二号楼楼道里长期堆着旧家具，7月以来居民打热线反映了9次，我只在群里转发了两次，一直没到现场去看，"
    "等到消防检查才发现疏散通道剩下不到半米宽，差点酿成大祸，居民对这件事意见很大。"
)
EMPTY = "学习不够深入。学习的深度和广度不够，研究不透彻，缺乏深入分析，联系实际不紧密。"
MEASURES = """
四、整改措施
{measures}
"""
CAUSES = """
三、原因分析
{causes}
"""
WHY = {
    "责任人": "1.坐等思想作怪。总觉得楼道是物业的事，群里转发就算尽了责，现场一次没有去。\n"
    "2.日常督导不够。全靠年末考核，平时没有人到现场看，交办的事有没有落实心里没有数。",
    "同事": "1.脾气急躁。遇到争执先想压住对方，事后又拉不下面子认错。\n2.回访靠别人。把电话交给社区打，自己没有听过一次录音。",
    "城管科长": "1.老好人思想。怕得罪一起干了多年的协管员，该记的考勤没有记。\n2.分工不清。早晚班交接没有签字，脱岗了说不清是谁的班。",
    "副主任": "1.忙于应付会议。分管的事多，调研常常排在最后，一年下来只剩陪同检查。",
}
TEXTS = {
    "责任人": HEAD + "1.{empty}\n2.楼道堆物清理不力。{copied}\n3.会议偏多。上半年组织各类会议41场，其中可以合并的有13场，"
    "社区书记平均每周有两天半在开会，入户的时间被挤掉了。\n" + CAUSES + MEASURES.format(measures=(
        "1.清理楼道堆物。2027年6月30日前，由城管科牵头清理东堤小区等6个小区的楼道堆物，每月15日公布清理数量。\n"
        "2.压减会议。由综合科牵头，2027年起每月会议不超过4场，每季度公布一次。\n"
        "3.加强学习。要提高认识，增强自觉，不断提升能力水平。")),
    "同事": HEAD + "1.对居民的急事反应慢。{copied}\n2.工作方法简单。3月15日在纺织巷劝离摊贩时，当众说了重话，两名摊主"
    "到信访窗口反映，事后没有上门道歉，只让社区的人带了一句话。\n" + CAUSES + MEASURES.format(measures=(
        "1.改进工作方法。今后劝离摊贩由两人同行，每次录像，每季度请10名摊主座谈一次，由本人负责。\n"
        "2.转变作风。要牢固树立宗旨意识，切实增强责任感。")),
    "城管科长": HEAD + "1.巡查流于形式。{reworded}\n2.对下属要求不严。今年有4名协管员脱岗11次，只口头批评，没有一次记入考勤，"
    "到了年底还都评了合格，其他人看在眼里。\n" + CAUSES + MEASURES.format(measures=(
        "1.严格考勤。由城管科负责，2027年1月起脱岗一次扣当月绩效的一成，每月5日在科内公布。")),
    "副主任": HEAD + "1.调查研究不深入。全年到分管的5个社区32次，其中25次是陪同检查，单独入户只有7户，北堤社区一次都没有去过。\n"
    "2.工作浮在面上。{borrowed}\n3.{empty}\n" + CAUSES + MEASURES.format(measures=(
        "1.入户走访。本人每月到2户居民家中走访，年底前走遍5个社区，记录在走访本上由综合科查看。")),
}  # fmt: skip
BORROWED = (
    "习惯于用会议落实会议、用文件落实文件，遇到难题先想着请示上级，真正沉到楼栋里解决的事情屈指可数，"
    "群众最盼的事排在了最后，群众最烦的事却天天在做。"
)
TEMPLATE = f"街道干部对照检查材料范文\n\n1.担当精神有欠缺。{BORROWED}\n2.廉洁自律有松懈。对身边人要求不严。\n"


def text_of(name: str) -> str:
    """Return the first draft of somebody."""
    return TEXTS[name].format(name=name, opening=OPENINGS[name], before=BEFORE[name], copied=COPIED,
                              reworded=REWORDED, empty=EMPTY, causes=WHY[name],
                              borrowed=BORROWED)  # fmt: skip


def second_of(name: str) -> str:
    """Return the second draft of ``责任人``: one problem mended, one only moved, one as it was."""
    mended = "学习没有学到底。规定的四本书只读完一本半，《信访工作条例》的笔记有6页是代抄的。"
    lines = text_of(name).replace(EMPTY, mended).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("2.楼道"))
    moved = lines.pop(at)
    meeting = next(n for n, line in enumerate(lines) if line.startswith("3.会议"))
    lines[meeting] = lines[meeting].replace("3.", "2.")
    lines.insert(meeting + 1, moved.replace("2.", "3."))
    return "\n".join(lines) + "\n"


def material(world, text: str, name: str, day: date | None = None) -> Examination:
    """Import a text as `luoshi import` would, without a process of its own."""
    stored = storage.store([text.encode()], name, evidence=False)
    record = examine(text.encode(), name, None, DEFAULT_LIMITS)
    file = save(stored.row(world.office.pk))
    held = save(
        Examination(
            office=world.office, file=file, title=(record["title"] or name)[:200],
            outline=record["outline"], text=record["text"], blocks=record["blocks"],
            findings=record["findings"], imported_by=world.clerk, imported_on=day or days_ago(3),
        )
    )  # fmt: skip
    points = {
        p["id"]: save(
            Point(office=world.office, examination=held, kind=p["kind"], path=p["path"][:60],
                  start=p["start"], words=p["words"], heading_end=p["heading_end"], end=p["end"])
        )
        for p in record["points"]
    }  # fmt: skip
    for link in record["links"]:
        save(Link(office=world.office, examination=held, source=points[link["from"]],
                  target=points[link["to"]], kind=link["kind"], strength=link["strength"],
                  score=link["score"]))  # fmt: skip
    return held


@dataclass
class Reviewed:
    """A batch with what hangs on it; drafts by the name of whose they are."""

    batch: Batch
    drafts: dict[str, Draft] = field(default_factory=dict)
    template: Template | None = None

    def __getitem__(self, name: str) -> Draft:
        return self.drafts[name]


def reviewed(world, *, names=tuple(TEXTS), compared=True, reviewers=None) -> Reviewed:
    """Make a batch that ``world.reviewer`` reads, with materials, a template and a comparison."""
    who = [world.reviewer] if reviewers is None else reviewers
    batch = batches.make(by=world.clerk, name="2025年度民主生活会材料", meeting="街道领导班子2025年度民主生活会",
                         held_on=days_ago(-20), reviewers=[p.pk for p in who])  # fmt: skip
    held = Reviewed(batch)
    people = {p.name: p for p in (world.owner, world.colleague, world.chief, world.deputy)}
    for name in names:
        one = material(world, text_of(name), f"{name}对照检查材料.txt")
        author = people[name]
        unit = author.posts.order_by("pk").first().unit_id
        held.drafts[name] = materials.add(by=world.clerk, batch=batch.pk, examination=one.pk, name=name,
                                          unit=unit, author=author.pk)  # fmt: skip
    stored = storage.store([TEMPLATE.encode()], "网上范文.txt", evidence=False)
    file = save(stored.row(world.office.pk))
    held.template = save(Template(office=world.office, name="网上范文.txt", file=file, text=TEMPLATE,
                                  added_by=world.clerk, added_on=days_ago(5)))  # fmt: skip
    if compared:
        compare(world, held.batch)
    return held


def compare(world, batch):
    """Compare a batch as the background process does."""
    asked = comparing.ask(by=world.clerk, batch=batch.pk)
    row = comparing.begin(by=SYSTEM, comparison=asked.pk)
    job.run(row)
    row.refresh_from_db()
    return row
