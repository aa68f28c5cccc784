"""Ledgers as offices keep them in Excel and WPS, each laid out differently. All of it is made up."""

import io
from datetime import date

import xlsxwriter


class Sheet:
    """A sheet that is filled cell by cell, with merged cells as ``B3:B5``."""

    def __init__(self, book, name):
        self.book = book
        self.sheet = book.add_worksheet(name)
        self.day = book.add_format({"num_format": "yyyy/m/d"})
        self.frame = book.add_format({"border": 1})

    def row(self, number, *values, left=0):
        for column, value in enumerate(values, left):
            if value is None:
                continue
            if isinstance(value, date):
                self.sheet.write_datetime(number - 1, column, value, self.day)
            elif isinstance(value, str):
                self.sheet.write_string(number - 1, column, value)
            else:
                self.sheet.write(number - 1, column, value)

    def merge(self, cells, words):
        self.sheet.merge_range(cells, words)


def book(fill):
    """Return the bytes of a workbook that ``fill`` makes."""
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    fill(made)
    made.close()
    return data.getvalue()


def plain(made):
    s = Sheet(made, "整改台账")
    s.merge("A1:I1", "柳河街道2025年度民主生活会整改台账")
    s.row(2, "填报单位：柳河街道办事处", *[None] * 7, "2026年1月15日")
    s.row(
        3,
        "序号",
        "问题",
        "具体表现",
        "整改措施",
        "牵头领导",
        "责任单位",
        "责任人",
        "整改时限",
        "整改进展",
    )
    s.row(
        4,
        1,
        "背街小巷占道经营",
        "东堤路早晚高峰摊点占满人行道",
        "将占道经营点由30处减少到5处",
        "副主任",
        "城管科",
        "责任人",
        date(2026, 12, 31),
        "正在推进",
    )
    s.row(
        5,
        2,
        "会议偏多",
        "社区每周参加会议四次",
        "全年会议压减三成",
        "主任",
        "综合科",
        "经办人",
        date(2026, 6, 30),
        "已完成",
    )
    s.row(
        6,
        3,
        "困难群众走访不够",
        "只在节前走访",
        "每季度走访困难家庭一次",
        "副主任",
        "民政科",
        "民政科员",
        "长期坚持",
        "",
    )


def two_headers(made):
    s = Sheet(made, "Sheet1")
    s.merge("A1:K2", "问题整改清单")
    for cells, words in (
        ("A3:A4", "序号"),
        ("B3:B4", "查摆出的问题"),
        ("C3:C4", "整改措施"),
        ("D3:F3", "责任分工"),
        ("G3:H3", "整改时限"),
        ("I3:I4", "完成情况"),
        ("J3:K3", "销号情况"),
    ):
        s.merge(cells, words)
    s.row(4, "牵头领导", "责任单位", "责任人", "开始时间", "完成时间", left=3)
    s.row(4, "时间", "签字", left=9)
    s.row(
        5,
        "1",
        "窗口排队时间长",
        "增设两个综合窗口",
        "主任",
        "综合科",
        "经办人",
        date(2026, 1, 10),
        date(2026, 5, 31),
        "已增设",
        "2026.5.20",
        "主任",
    )
    s.row(
        6,
        "2",
        "村务公开不及时",
        "每月5日前公开上月账目",
        "副主任",
        "民政科",
        "民政科员",
        date(2026, 2, 1),
        date(2026, 9, 30),
        "正在推进",
    )


def merged(made):
    s = Sheet(made, "台账")
    s.merge("A1:G1", "整改台账")
    s.row(2, "序号", "问题来源", "存在的问题", "整改举措", "责任人", "完成时限", "备注")
    s.merge("A3:A5", "1")
    s.merge("B3:B5", "民主生活会查摆")
    s.merge("C3:C5", "老旧小区电梯故障多")
    s.row(3, "完成26部电梯检测", "责任人", date(2026, 3, 31), left=3)
    s.row(4, "建立维保单位月报", "同事", date(2026, 4, 30), left=3)
    s.row(5, "更换6部超期电梯", "城管科长", date(2026, 10, 31), left=3)
    s.row(6, "2", "巡察反馈", "台账登记不规范")
    s.merge("D6:D7", "统一台账格式并每月抽查")
    s.row(6, "经办人", "2026-06-30", left=4)
    s.row(7, "民政科员", left=4)
    s.merge("A9:G9", "填表人：            审核人：            2026年  月  日")


def text_dates(made):
    s = Sheet(made, "台账")
    s.row(1, "序号", "问题", "整改措施", "责任单位", "责任人", "整改时限")
    ends = [
        "2025年6月底前",
        "2025.06",
        "2025年12月31日前",
        "长期坚持",
        "立行立改",
        "6月底前",
        "2025年第三季度",
        46022,
        2025.1,
        "2026年上半年",
        "二〇二六年十月",
        "2026年6月底前并长期坚持",
        "待上级通知",
        "2026-2-30",
        "2026年3月—2026年9月",
    ]
    for n, end in enumerate(ends, 1):
        s.row(n + 1, n, f"问题{n}还没有解决", f"把第{n}件事办到位", "城管科", "责任人", end)


def many_measures(made):
    s = Sheet(made, "台账")
    s.row(1, "序号", "主要问题", "整改措施", "责任单位/责任人", "时限要求", "进展情况")
    s.row(
        2,
        1,
        "学习不深入",
        "1.每月集中学习一次。2.每季度交流一次；3.年底前撰写调研报告一篇。",
        "综合科、经办人；主任",
        "1.2026年6月底前 2.2026年9月底前 3.2026年12月底前",
        "",
    )
    s.row(
        3,
        2,
        "走访不够",
        "每月走访一次\n建立走访台账\n及时回复诉求",
        "民政科：民政科员",
        "2026年12月底前",
        "",
    )
    s.row(
        4,
        3,
        "停车难",
        "新增临时泊位120个；错时开放机关停车场；设置指示牌十处",
        "城管科（责任人、同事）",
        "2026年8月",
        "",
    )
    s.row(
        5,
        4,
        "油烟扰民",
        "一是逐户检测油烟净化器。二是对超标的限期整改。三是每月复查一次。",
        "城管科长",
        "立行立改",
        "",
    )
    s.row(
        6,
        5,
        "宣传不够",
        "利用公告栏、微信群等多\n种方式开展宣传，做到家\n喻户晓",
        "宣传委员张三",
        "长期",
        "",
    )


def many_measures_later(made):
    """The same table a month later: a deadline put off, progress written down, a row added."""
    many_measures(made)
    s = made.get_worksheet_by_name("台账")
    s.write_string(2, 4, "2027年3月底前")
    s.write_string(3, 5, "已新增泊位八十个，其余正在施工")
    s.write_string(6, 1, "楼道堆物反复出现")
    s.write_string(6, 2, "逐栋清理并每月复查一次")
    s.write_string(6, 3, "东堤社区、协办人")
    s.write_string(6, 4, "2026年11月底前")


def ticks(made):
    s = Sheet(made, "责任分解")
    s.merge("A1:H1", "整改任务责任分解表")
    for cells, words in (
        ("A2:A3", "序号"),
        ("B2:B3", "问题"),
        ("C2:C3", "整改任务"),
        ("G2:G3", "时间节点"),
        ("H2:H3", "备注"),
    ):
        s.merge(cells, words)
    s.merge("D2:F2", "责任单位")
    s.row(3, "综合科", "城管科", "民政科", left=3)
    s.row(4, 1, "公章管理不规范", "重新登记全部公章", "√", None, None, "2026年5月底")
    s.row(5, 2, "河道垃圾清理不及时", "每日巡河并当日清运", None, "√", "○", "长期坚持")


def by_section(made):
    s = Sheet(made, "填表说明")
    s.row(1, "一、本表由各科室填写，每月25日前报综合科。")
    s.row(2, "二、整改时限请写到日。")
    for name, who in (("城管科", "责任人"), ("民政科", "民政科员"), ("东堤社区", "协办人")):
        s = Sheet(made, name)
        s.row(1, f"{name}整改台账")
        s.row(2, "序号", "问题类别", "问题描述", "具体措施", "责任人", "完成时限", "是否完成")
        s.row(
            3, 1, "作风", f"{name}值班记录不全", "每天交接班时签字确认", who, "2026年4月30日", "是"
        )
        s.row(4, 2, "业务", f"{name}档案没有归档", "补齐两年档案并编目", who, "2026年7月31日", "否")
    s = Sheet(made, "旧版")
    s.row(1, "序号", "问题", "措施", "责任人")
    s.row(2, 1, "旧表里的问题", "旧表里的措施写在这里", "责任人")
    s.sheet.hide()


def wps(made):
    s = Sheet(made, "Sheet1")
    s.row(1, "柳河街道问题整改台账")
    s.row(2, "单位（盖章）：柳河街道", None, None, None, "填报日期：2026.1.8")
    s.row(
        4,
        "序 号",
        "存 在\n问 题",
        "整 改\n措 施",
        "责 任",
        None,
        "完成\n时限",
        "整改\n成效",
        "联系电话",
    )
    s.row(5, "单位", "责任人", left=3)
    s.row(6, "（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）")
    s.row(7, "一、政治建设方面")
    s.row(
        8,
        "1",
        "理论学习不系统_x000D_\n联系实际少",
        "制定年度学习计划并按月对账",
        "综合科",
        "经 办 人",
        "2026.3.31",
        "",
        "13900000000",
    )
    s.row(9, None, None, "领导干部每半年讲一次课", "综合科", "主　任", "2026.6.30", "")
    s.row(10, "二、为民服务方面")
    s.row(
        11,
        "2",
        "停车难",
        "新增临时泊位一百二十个",
        "城管科",
        "责任人",
        "2026年8月底",
        "已完成并销号",
    )
    s.row(
        12,
        "序 号",
        "存 在\n问 题",
        "整 改\n措 施",
        "单位",
        "责任人",
        "完成\n时限",
        "整改\n成效",
        "联系电话",
    )
    s.row(13, "3", "路灯不亮", "更换路灯四十盏", "城管科", "王大锤", "2026年9月底", "")
    s.row(14, "合计", "3项")
    s.row(15, "审核人（签字）：", None, None, "填表人：")
    for row in range(15, 400):
        for column in range(8):
            s.sheet.write_blank(row, column, None, s.frame)


def three_lists(made):
    s = Sheet(made, "问题清单")
    s.row(1, "序号", "问题", "具体表现", "问题来源")
    s.row(2, 1, "服务意识不强", "群众跑三趟才办成", "征求意见")
    s = Sheet(made, "任务清单")
    s.row(1, "序号", "对应问题", "任务内容", "整改目标", "完成时限", "整改类型")
    s.row(2, 1, "服务意识不强", "公布一次性告知单", "群众最多跑一次", "2026年5月31日", "短期攻坚")
    s.row(3, 2, "服务意识不强", "每周抽查窗口回访记录", "回访率达到九成", "", "长期坚持")
    s = Sheet(made, "责任清单")
    s.row(1, "序号", "任务", "责任领导", "责任科室", "具体负责人")
    s.row(2, 1, "公布一次性告知单", "副主任", "综合科", "经办人")


def gaps(made):
    s = Sheet(made, "台账")
    s.row(1, "问题", "措施", "责任人", "时限", "状态", "佐证材料", "我们自己的一栏")
    s.row(2, "物业矛盾多", None, "责任人", "2026-09-30")
    s.row(3, "消防通道被占", "划线并加装隔离桩", None, "2026-09-30")
    s.row(4, "垃圾分类不准", "每周入户指导一次", "责任人", None, "未完成", "照片", "甲")
    s.row(5, None, "修复破损人行道二百米", "李四光", "2026-09-30", "已销号", "验收单", "乙")
    s.row(6, "=cmd|' /C calc'!A0", "+1+1 把这一条办好", "@责任人", "2026-09-30")


def swapped(made):
    s = Sheet(made, "台账")
    s.row(
        1,
        "编号",
        "问题",
        "整改措施",
        "责任人",
        "责任单位",
        "配合单位",
        "整改时限",
        "销号时间",
        "销号人",
    )
    s.row(
        2,
        "ZG-01",
        "档案室潮湿",
        "加装除湿机两台",
        "综合科",
        "经办人",
        "民政科",
        "2026-05-31",
        date(2026, 5, 20),
        "主任",
    )
    s.row(
        3,
        "ZG-02",
        "楼道堆物",
        "逐栋清理并张贴通知",
        "东堤社区居委会",
        "协办人同志",
        "城管科、民政科",
        "2026-04-30",
    )
    s.row(4, "ZG-03", "井盖破损", "更换井盖十五个", "城管科", "城管科长 责任人", None, "2026-04-30")


def measure_and_time(made):
    """A title over measure and time together; a bare 完成时间 is a deadline all the same."""
    s = Sheet(made, "Sheet1")
    s.row(1, "问题整改台账")
    s.row(
        2, "编号", "反馈问题", "整改措施及时限", "", "责任单位及责任人", "整改进展情况", "是否销号"
    )
    s.row(3, "", "", "具体措施", "完成时间", "", "", "")
    s.row(
        4,
        "1-1",
        "楼道照明缺失",
        "更换楼道灯一百盏",
        "2026年3月31日前",
        "东堤社区 协办人",
        "已全部更换",
        "是",
    )
    s.row(5, "1-2", "楼道照明缺失", "每周夜间巡查一次", "长期", "东堤社区 协办人", "正在推进", "否")


def numbered_headings(made):
    """Headings with a Chinese number in the column of numbers; serials as dates; a footer of cells."""
    s = Sheet(made, "主动整改清单")
    s.row(
        1,
        "序号",
        "存在问题及具体表现",
        "整改措施",
        "责任单位",
        "责任人",
        "整改时限",
        "落实情况",
        "备注",
    )
    s.row(2, "一", "政治建设方面")
    s.row(
        3,
        1,
        "“第一议题”落实不规范",
        "1．修订议事规则。2．每月检查一次",
        "综合科",
        "经办人",
        45838,
        "1.已修订；2.按月检查",
    )
    s.row(4, "二", "组织建设方面")
    s.row(5, 1, "党员教育形式单一", "开展实景党课（至少4次）", "综合科", "主任", 46022)
    s.row(7, "单位负责人：", "", "", "填表人：经办人", "", "联系电话：024-00000000")


LEDGERS = {
    "plain": plain, "two_headers": two_headers, "merged": merged, "text_dates": text_dates,
    "many_measures": many_measures, "ticks": ticks, "by_section": by_section, "wps": wps,
    "three_lists": three_lists, "gaps": gaps, "swapped": swapped,
    "measure_and_time": measure_and_time, "numbered_headings": numbered_headings,
}  # fmt: skip
#: The same tables again, as they come back later.
LATER = {"many_measures_later": many_measures_later}


def ledger(name):
    """Return the bytes of one of the ledgers."""
    return book((LEDGERS | LATER)[name])
