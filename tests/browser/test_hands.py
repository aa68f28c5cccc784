"""Without a mouse, without JavaScript, on paper, and with htmx on top."""

import re

import pytest
from playwright.sync_api import expect


def test_keyboard_walk(office, browse):
    """Skip link first, everything reachable in order, a visible ring, and a form sent by Enter."""
    watched = browse(office, "经办人")
    watched.go("/ledger")
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
    seen = []
    for _ in range(60):
        ring = page.evaluate(
            "() => {const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.id || e.textContent.trim(), s.outlineStyle, s.outlineWidth]}"
        )
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last one
        seen.append(ring[0])
        assert ring[1] != "none", ring
        assert ring[2] != "0px", ring
        page.keyboard.press("Tab")
    assert "id_q" in seen
    assert seen.index("新建整改事项") < seen.index("id_q") < seen.index("id_unverifiable")
    page.focus("#id_q")
    page.keyboard.type("三号窗口")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    expect(page.locator("#results tbody tr")).to_have_count(1)
    watched.clean()


def test_filter_at_once_with_htmx(office, browse):
    watched = browse(office, "经办人")
    watched.go("/ledger")
    page = watched.page
    before = page.evaluate("performance.getEntriesByType('navigation').length")
    every = page.locator("#results tbody tr").count()
    page.select_option("#id_state", "confirmed")
    expect(page.locator("#results tbody tr")).not_to_have_count(every)
    labels = page.locator("#results tbody td[data-label=状态]").all_inner_texts()
    assert set(labels) == {"确认"}
    assert "state=confirmed" in page.url
    assert page.evaluate("performance.getEntriesByType('navigation').length") == before
    watched.clean()


def test_everything_without_javascript(office, browse, cookies):
    browse(office, "经办人")
    watched = browse(office, "经办人", java_script_enabled=False)
    watched.go("/ledger")
    page = watched.page
    page.fill("#id_q", "占道经营")  # imported drafts are about other things
    page.select_option("#id_state", "draft")
    page.get_by_role("button", name="查找").click()
    assert page.locator("#results tbody tr").count() == 2
    page.locator("#results tbody a").first.click()
    page.get_by_role("link", name="删去草稿").click()
    page.get_by_role("button", name="删去", exact=True).click()
    assert "请填写“理由”。" in page.locator("main").inner_text()
    assert page.locator("#id_reason").get_attribute("aria-invalid") == "true"
    described = page.locator("#id_reason").get_attribute("aria-describedby")
    assert page.locator(f"#{described.split()[-1]}").inner_text() == "请填写“理由”。"


@pytest.mark.parametrize("path", ["/ledger/{verifying}/sheet", "/ledger/{published}/publication"])
def test_on_paper(office, browse, path, tmp_path):
    """One A4 page, nothing of the screen on it."""
    watched = browse(office, "核验人")
    watched.go(path.format_map(office.items))
    page = watched.page
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="返回事项").is_visible()
    assert page.locator("header.site").count() == 0
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    import pypdfium2

    assert len(pypdfium2.PdfDocument(printed)) == 1
    watched.clean()


def test_stale_tab(office, browse):
    """Two tabs: what was typed in the second one is kept, and it says what to do."""
    watched = browse(office, "责任人")
    watched.go(f"/ledger/{office.items['late']}/progress")
    first = watched.page
    second = first.context.new_page()
    second.goto(first.url)
    for tab, words in ((first, "第一个窗口里写的进展"), (second, "第二个窗口里写的进展")):
        tab.fill("[name=text]", words)
        tab.get_by_role("button", name="记录", exact=True).click()
    assert "进展已记录" in first.locator("main").inner_text()
    assert "还没有办" in second.locator("main").inner_text()
    assert second.input_value("[name=text]") == "第二个窗口里写的进展"


def test_signed_out_in_the_meantime(office, browse, cookies):
    """A filter pressed after the session has ended leads to the sign-in page, not to a hole."""
    watched = browse(office, "审阅人")
    watched.go("/ledger")
    page = watched.page
    page.context.clear_cookies()
    cookies.pop((office.url, "审阅人"), None)
    page.select_option("#id_state", "confirmed")
    page.wait_for_url(re.compile("/account/login"))
    assert page.locator("input[name=password]").count() == 1
