"""One promise from the uploaded material to its confirmation, by eight different people.

Everything goes through the pages, by people who click and type; the server's clock is moved ahead
between the steps.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHOTS = Path(__file__).resolve().parents[2] / "out" / "screens"
MATERIAL = """2025年度专题民主生活会对照检查材料

三、存在的问题
1.背街小巷占道经营问题长期没有解决。东堤路、纺织巷早晚高峰摊点占满人行道，居民反映强烈。
2.会议偏多，基层填表负担重。社区每周要填报二十多张表。

四、原因分析
1.日常督导不够。全靠年末考核，平时没有人到现场看。

五、整改措施
1.整治背街小巷占道经营。2027年6月30日前，将占道经营点由30处减少到5处，由城管科牵头。
"""
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


class People:
    """Browsers of the people of one office, opened when they are first needed."""

    def __init__(self, browse, server) -> None:
        self._browse, self._server = browse, server
        self._open = {}

    def __call__(self, name: str):
        if name not in self._open:
            self._open[name] = self._browse(self._server, name)
        return self._open[name]

    def all(self):
        return self._open.values()


class Office:
    """What people do on the pages of one item."""

    def __init__(self, people: People, server) -> None:
        self.people, self.server = people, server
        self.item = ""

    def day(self, ahead: int = 0) -> str:
        file = self.server.home / "clock"
        moved = int(file.read_text()) if file.exists() else 0
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=moved)
        return (today + timedelta(days=ahead)).isoformat()

    def does(self, name: str, button: str, press: str, **fields) -> str:
        """Open the item, take the way with this name, fill in the form, press; return the page."""
        watched = self.people(name)
        watched.go(self.item)
        watched.page.locator("main").get_by_role("link", name=button, exact=True).first.click()
        return self.fills(name, press, **fields)

    def fills(self, name: str, press: str, **fields) -> str:
        page = self.people(name).page
        for field, value in fields.items():
            one = page.locator(f"main [name={field}]")
            kind = one.first.evaluate("e => e.type")
            if kind in {"radio", "checkbox"}:
                for each in value if isinstance(value, list) else [value]:
                    page.check(f"main [name={field}][value='{each}']")
            elif kind.startswith("select"):
                option = one.locator("option", has_text=value).first
                one.select_option(option.get_attribute("value"))
            elif kind == "file":
                one.set_input_files(value)
            else:
                one.fill(value)
        page.locator("main").get_by_role("button", name=press, exact=True).click()
        return page.locator("main").inner_text()

    def state(self, name: str = "经办人") -> str:
        watched = self.people(name)
        watched.go(self.item)
        return watched.page.locator(".head .tag").first.inner_text()


def test_from_upload_to_confirmed(browse, empty_office):
    server = empty_office
    people = People(browse, server)
    office = Office(people, server)
    _import(people, office)
    _agree(people, office)
    _extend(people, office)
    _work(people, office)
    _close(people, office)
    _confirm(people, office)
    _story(people, office)
    _audit(people)
    for watched in people.all():
        watched.clean()


def _import(people, office):
    clerk = people("经办人")
    clerk.go("/materials/new")
    page = clerk.page
    page.set_input_files(
        "main input[type=file]",
        {"name": "对照检查材料.txt", "mimeType": "text/plain", "buffer": MATERIAL.encode()},
    )
    page.locator("main").get_by_role("button", name="导入").click()
    assert "背街小巷占道经营问题长期没有解决" in page.locator("main").inner_text()
    page.get_by_role("link", name="建立台账").click()
    assert "没有措施的问题" in page.locator("main").inner_text()
    page.get_by_role("link", name=re.compile("^建立整改事项")).first.click()
    page.locator("main").get_by_role("button", name="建立草稿").click()
    found = re.search(r"/ledger/\d+", page.url)
    assert found is not None, page.locator("main").inner_text()
    office.item = found[0]
    text = page.locator("main").inner_text()
    assert "供填写时参考" in text  # the date and the numbers that stand in the measure
    assert "占道经营点由30处减少到5处" in text


def _agree(people, office):
    page = people("经办人").page
    assert (
        page.locator("main [name=problems]:checked").count() >= 1
    )  # from the link in the material
    text = office.fills(
        "经办人", "保存草稿", owner="责任人（城管科）", unit="城管科", time_class="短期攻坚",
        deadline=office.day(120), indicator_kind="number", indicator="占道经营点",
        measure_unit="处", baseline="30", target="5", reading_source="民政科现场清点",
    )  # fmt: skip
    assert "草稿已保存" in text
    assert "已提请责任人认领" in office.does("经办人", "提请认领", "提请责任人认领")
    assert "已认领" in office.does("责任人", "认领", "认领")
    assert office.state() == "已认领"


def _extend(people, office):
    """The owner asks for more time; a superior decides, not the owner."""
    owner = people("责任人")
    owner.go(office.item)
    owner.page.get_by_role("link", name="申请变更", exact=True).click()
    owner.page.get_by_role("link", name="申请延期", exact=True).click()
    office.fills(
        "责任人", "提出申请", deadline=office.day(150), reason="雨季施工，摊点安置点要推迟启用。"
    )
    head = people("主任")
    head.go(office.item)
    head.page.get_by_role("link", name=re.compile("^审批")).click()
    text = office.fills("主任", "作出决定", approve="yes", decision="情况属实，只延一次。")
    assert "审批决定已记录" in text
    assert "改为" in text  # old and new deadline stay on the line of time


def _work(people, office):
    office.does("责任人", "开始办理", "开始办理")
    office.server.pass_days(20)
    office.does(
        "责任人", "记录进展", "记录", text="东堤路摊点全部迁入安置点，共清理25处。",
        happened_on=office.day(-1),
    )  # fmt: skip
    # What the owner hands in counts as the owner's own statement.
    photo = {"name": "东堤路.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    text = office.does(
        "责任人", "提交佐证", "提交", kind="照片", title="清理后照片", dated=office.day(-1),
        declared="3", file=photo,
    )  # fmt: skip
    assert "由责任人、协办人或其下属提交" in text
    text = office.does(
        "责任人", "申请销号", "提交申请", done_on=office.day(-1),
        statement="东堤路、纺织巷占道经营点由30处清理到5处，均在划定区域内。",
    )  # fmt: skip
    assert "已申请销号" in text
    office.does("经办人", "向外单位人员开放", "开放这一项", person="外部核验人（区纪委监委）")
    text = office.does(
        "外部核验人", "提交佐证", "提交", kind="走访", title="走访记录", dated=office.day(),
        declared="3", note="沿东堤路走访六户商铺，都说摊点已经迁走。",
    )  # fmt: skip
    assert "由单位以外的人员提交" in text
    office.does("民政科员", "登记读数", "登记", value="5", read_on=office.day(), source="现场清点")


def _close(people, office):
    clerk = people("经办人")
    clerk.go(office.item + "/assign")
    others = clerk.page.locator("main table").inner_text()
    assert "外部核验人" in others  # handed in evidence: may not verify any more
    clerk.go(office.item)
    office.does("经办人", "指定核验人", "指定", verifier=_value(clerk, office, "核验人（民政科"))
    verifier = people("核验人")
    verifier.go("/verifications")
    verifier.page.locator("main").get_by_role("link", name=re.compile("^现场核验单")).click()
    assert "现场看到了什么" in verifier.page.locator("main").inner_text()
    told = office.does(
        "核验人", "核验", "作出决定", seen="沿东堤路、纺织巷走了全程，只剩5处，都在划线区内。",
        place="东堤路、纺织巷", seen_on=office.day(), passed="yes",
    )  # fmt: skip
    assert "请写明在哪里公示" in told
    page = verifier.page
    assert "只剩5处" in page.input_value("main [name=seen]")  # what was typed is kept
    text = office.fills("核验人", "作出决定", publish_place="街道政务公开栏")
    assert "核验决定已记录" in text
    assert office.state() == "公示"
    refused = office.does("经办人", "销号", "销号，进入观察期")
    assert "公示期还没有满" in refused
    office.server.pass_days(6)
    assert "已销号" in office.does("经办人", "销号", "销号，进入观察期")


def _value(watched, office, words):
    watched.go(office.item + "/assign")
    return (
        watched.page.locator("main label", has_text=words).locator("input").get_attribute("value")
    )


def _confirm(people, office):
    early = office.does(
        "核验人", "观察期满确认", "确认问题没有再出现", seen="东堤路没有新的占道摊点，人行道畅通。",
        place="东堤路", seen_on=office.day(),
    )  # fmt: skip
    assert "观察期还没有满" in early
    office.server.pass_days(91)
    text = office.does(
        "核验人", "观察期满确认", "确认问题没有再出现", seen="东堤路没有新的占道摊点，人行道畅通。",
        place="东堤路", seen_on=office.day(),
    )  # fmt: skip
    assert "已确认" in text
    assert office.state() == "确认"


def _story(people, office):
    """Whoever may read the ledger sees the whole story, with the old deadline in it."""
    reviewer = people("审阅人")
    reviewer.go(office.item)
    SHOTS.mkdir(parents=True, exist_ok=True)
    reviewer.page.screenshot(path=SHOTS / "story-wide.png", full_page=True)
    lines = reviewer.page.locator(".timeline > li")
    assert lines.count() >= 14
    story = reviewer.page.locator(".timeline").inner_text()
    for words in ("认领", "延期", "登记指标读数", "提交佐证", "核验决定", "销号", "观察期满确认"):
        assert words in story


def _audit(people):
    auditor = people("审计人员")
    auditor.go("/journal/verify")
    auditor.page.locator("main").get_by_role("button", name="开始校验").click()
    assert "条留痕全部一致" in auditor.page.locator("main").inner_text()
