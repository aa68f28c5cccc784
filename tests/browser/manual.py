"""The pictures of the manual: who looks at which page, and what stands on it.

``words`` are what the manual says of the page: they must be on it, or the manual is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """``who`` is an account of the demonstration, ``path`` names rows of ``shown.rows``.

    ``height`` is where a long page is cut off, in pixels.
    """

    who: str
    path: str
    words: tuple[str, ...]
    height: int = 900
    size: str = "wide"


PICTURES = {
    "sign-in": Picture("", "/account/login", ("用户名", "密码", "登录"), 420),
    "today-clerk": Picture(
        "jingban", "/",
        ("经办", "没有措施的问题", "等待认领", "等待指定核验人", "公示期满，等待销号", "全部台账"),
    ),
    "material": Picture(
        "jingban", "/materials/{material}",
        ("建立台账", "下载原文件", "要点和对应关系", "检查意见", "校正记录", "没有措施回应"), 1000,
    ),
    "to-ledger": Picture(
        "jingban", "/ledger/material/{material}",
        ("由材料建立台账", "没有措施的问题", "条措施都建成草稿", "出具整改情况报告"),
    ),
    "draft": Picture(
        "jingban", "/ledger/{draft}", ("离认领还缺什么", "填写草稿", "删去草稿", "约定了什么"),
    ),
    "edit": Picture("jingban", "/ledger/{draft}/edit", ("填写草稿", "保存草稿", "责任人"), 1100),
    "ledger": Picture(
        "jingban", "/ledger",
        ("整改台账", "等待审批", "专项台账", "导出", "导入台账", "新建整改事项", "查找"), 1100,
    ),
    "import": Picture("jingban", "/ledger/import", ("导入台账", "上传并预览", "表格要什么样"), 520),
    "assign": Picture(
        "jingban", "/ledger/{applied}/assign",
        ("指定核验人", "核验人不能是责任人、协办人"), 1000,
    ),
    "published": Picture(
        "jingban", "/ledger/{published}",
        ("公示内容", "登记异议", "核验作废，重新核验", "离销号还缺什么", "现场核验单"), 1100,
    ),
    "report": Picture(
        "jingban", "/papers/item/{confirmed}", ("出具整改情况报告", "生成文件", "用途"),
    ),
    "special": Picture(
        "jingban", "/special/{special}",
        ("登记数量", "登记地点", "曲线", "历次数量", "地点", "登记反弹", "登记完成"), 1100,
    ),
    "slip-answered": Picture(
        "jingban", "/supervision/slips/{answered slip}",
        ("已反馈，待审结", "审结", "退回重报", "为什么督办", "经过"), 1000,
    ),
    "today-owner": Picture(
        "zeren", "/", ("我办理的", "等我认领", "退回给我", "已超期", "7个工作日内到期", "该复查了"),
    ),
    "today-owner-phone": Picture("zeren", "/", ("我办理的", "退回给我"), 844, "phone"),
    "item-owner": Picture(
        "zeren", "/ledger/{own}",
        ("申请销号", "记录进展", "提交佐证", "申请变更", "打印事项单", "离销号还缺什么"), 1100,
    ),
    "changes": Picture(
        "zeren", "/ledger/{own}/change", ("申请变更", "申请延期"), 1000,
    ),
    "paper": Picture("zeren", "/ledger/{own}/paper", ("整改事项单", "签字"), 1100),
    "supervision-owner": Picture(
        "zeren", "/supervision",
        ("今日督办", "全部督办单", "巡查记录", "订阅日历", "等我反馈的督办单", "我手上最近的时限"),
    ),
    "slip": Picture(
        "zeren", "/supervision/slips/{own slip}", ("反馈", "为什么督办", "反馈期限", "经过"),
    ),
    "calendar": Picture("zeren", "/supervision/calendar", ("订阅日历", "生成地址"), 420),
    "verifications": Picture(
        "heyan", "/verifications", ("等我核验", "观察期满，等待回头看", "我作过的核验"),
    ),
    "sheet": Picture(
        "heyan", "/ledger/{to verify}/sheet",
        ("整改事项现场核验单", "核验时间", "核验地点", "核验人", "签字"), 1150,
    ),
    "verify": Picture(
        "heyan", "/ledger/{to verify}/verify",
        ("责任人说做完了什么", "打印现场核验单", "销号的条件", "作出决定"), 1200,
    ),
    "today-head": Picture(
        "zhuren", "/", ("审批和督促", "变更等待审批", "异议等待处理", "本月反弹", "看板", "大屏"), 1000,
    ),
    "decisions": Picture(
        "fuzhuren", "/ledger/decisions",
        ("等待审批", "变更申请", "异议", "还没有认领的草稿", "审批"), 1000,
    ),
    "board": Picture("zhuren", "/board", ("看板", "责任单位", "未办结", "超期", "观察期"), 1000),
    "trend": Picture("zhuren", "/trend", ("按期销号率", "分子", "分母", "没有算进来的"), 1000),
    "wall": Picture("shenyue", "/wall?still=1", ("停止自动更新|自动更新", "退出大屏", "各部门"), 900),
    "runs": Picture("zhuren", "/supervision/runs", ("巡查记录", "每天的情况", "送达", "催办"), 900),
    "people": Picture("guanli", "/people", ("新增人员", "新增部门", "全部人员", "现任职务"), 900),
    "person": Picture(
        "guanli", "/people/{owner}",
        ("登记职务", "授予角色", "开通账号", "安排代管", "工作交接", "离岗", "重置密码"), 900,
    ),
    "limits": Picture("guanli", "/supervision/limits", ("督办尺度", "考核日期", "距时限还有几个工作日"), 1000),
    "confirmed": Picture("shenyue", "/ledger/{confirmed}", ("登记反弹", "佐证", "经过"), 1100),
    "journal": Picture("shenji", "/journal", ("校验", "校验点", "经办代号"), 800),
    "checkpoints": Picture("shenji", "/journal/checkpoints", ("生成校验点", "登记报存", "公钥"), 700),
}  # fmt: skip
