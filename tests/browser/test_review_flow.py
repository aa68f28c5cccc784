"""A batch from its files to the sign-off of a second draft, by people who click and type."""

from pathlib import Path

import pytest
from tests.browser.server import Server
from tests.browser.test_every_page import barriers
from tests.office.review.reviewed import second_of, text_of

SHOTS = Path(__file__).resolve().parents[2] / "out" / "screens"


@pytest.fixture(scope="module")
def review_office(tmp_path_factory):
    from tests.browser.conftest import _needs_chromium

    _needs_chromium()
    server = Server(tmp_path_factory.mktemp("review") / "home", "people")
    yield server
    server.stop()


def file(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    return page.locator("main").inner_text()


def wait_for_comparison(watched, path):
    """Load the page again until the process that the upload started has done its work."""
    for _ in range(120):
        watched.go(path)
        words = watched.page.locator("main").inner_text()
        if "比对的，共" in words and "等待计算" not in words and "正在比对" not in words:
            return words
        watched.page.wait_for_timeout(500)
    raise AssertionError((watched.server.home / "log").read_text()[-2000:])


def test_from_files_to_the_second_draft(browse, review_office):
    clerk, reviewer, author = (browse(review_office, n) for n in ("经办人", "审阅人", "责任人"))
    batch = _make(clerk)
    words = wait_for_comparison(clerk, batch)
    assert "共 2 份" in words
    draft = _read(reviewer, batch)
    _return(reviewer, draft)
    _see(author)
    _send_again(clerk, batch)
    _sign_off(reviewer)
    for watched in (clerk, reviewer, author):
        watched.clean()


def _make(clerk):
    clerk.go("/reviews")
    page = clerk.page
    page.locator("main").get_by_role("link", name="建立批次").click()
    page.fill("main [name=name]", "年度材料")
    page.fill("main [name=meeting]", "街道民主生活会")
    page.locator("main label", has_text="审阅人（综合科）").locator("input").check()
    assert "批次已建立" in press(page, "建立")
    batch = page.url.removeprefix(clerk.server.url)
    page.locator("main").get_by_role("link", name="收入材料").first.click()
    page.set_input_files(
        "main [name=uploads]",
        [file("责任人对照检查材料.txt", text_of("责任人")), file("同事.txt", text_of("同事"))],
    )
    assert "收入2份材料，正在比对" in press(page, "收入")
    return batch


def _read(reviewer, batch):
    """From the home page to the table, the overlap, two texts side by side, a draft."""
    reviewer.go("/")
    page = reviewer.page
    assert "等我审阅的材料（2）" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="年度材料").click()
    page.get_by_role("link", name="相互雷同的组").click()
    assert "出现最多" in page.content() or "两两对照" in page.content()
    page.locator(".heat td a").first.click()
    assert page.locator(".passage").count() >= 2
    left = page.locator(".passage-number").first
    left.click()
    assert page.url.endswith("#b1")
    assert barriers(page) == []
    reviewer.go(batch)
    page.locator("main tbody").get_by_role("link", name="责任人", exact=True).click()
    return page.url.removeprefix(reviewer.server.url)


def _return(reviewer, draft):
    page = reviewer.page
    page.locator("#about-f1 summary").click()
    page.locator("#about-f1").get_by_role("button", name="采纳", exact=True).click()
    assert "已采纳" in page.locator("#about-f1").inner_text()
    reviewer.go(f"{draft}?show=remarks")
    page.fill("main [name=paragraph]", "7")
    page.fill("main form[action$='/remark'] [name=words]", "东堤小区二号楼")
    page.fill("main form[action$='/remark'] [name=text]", "请写明涉及几户。")
    assert "意见已记下" in press(page, "记下意见")
    assert page.locator(".remarked").inner_text() == "东堤小区二号楼"
    page.check("main [name=outcome][value=return]")
    words = press(page, "作出结论")  # the day is missing
    assert "请填写改好报送的日期" in words
    assert page.locator("main [name=outcome][value=return]").is_checked()
    page.fill("main [name=answer_by]", "2099-01-01")
    assert "退回修改" in press(page, "作出结论")
    page.get_by_role("link", name="审核意见", exact=True).first.click()
    page.emulate_media(media="print")
    page.screenshot(path=SHOTS / "review-opinion-print.png", full_page=True)
    page.emulate_media(media="screen")
    for button, ending in (
        ("下载 Word 文件", ".docx"),
        ("下载带批注的原稿", ".docx"),
        ("下载 pdf", ".pdf"),
    ):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        path = waiting.value.path()
        assert waiting.value.suggested_filename.endswith(ending)
        assert Path(path).stat().st_size > 5000


def _see(author):
    """The author's home page leads to the opinion, and to nothing else of the batch."""
    author.go("/")
    page = author.page
    assert "本人报送的材料" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="年度材料").click()
    page.get_by_role("link", name="审核意见").click()
    words = page.locator("main").inner_text()
    assert "请写明涉及几户。" in words
    assert "同事" not in words


def _send_again(clerk, batch):
    clerk.go("/")
    page = clerk.page
    assert "退回修改、等新稿的材料" in page.locator("main").inner_text()
    clerk.go(f"{batch}/upload")
    page.set_input_files("main [name=uploads]", file("责任人二稿.txt", second_of("责任人")))
    press(page, "收入")
    assert "第2稿" in wait_for_comparison(clerk, batch)


def _sign_off(reviewer):
    reviewer.go("/reviews")
    page = reviewer.page
    page.locator("main").get_by_role("link", name="年度材料").click()
    page.get_by_role("link", name="对照上一稿").click()
    words = page.locator("main").inner_text()
    assert "挪了位置" in words
    assert "请写明涉及几户。" in words
    page.locator(".crumbs").get_by_role("link", name="责任人").click()
    page.get_by_role("link", name="审阅意见", exact=True).click()
    page.check("main [name=outcome][value=pass]")
    words = press(page, "作出结论")
    assert "通过：审阅人" in words.replace(" ", "")
