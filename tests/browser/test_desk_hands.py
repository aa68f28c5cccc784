"""The ledger by keyboard, with and without script; the item's paper as it leaves the printer."""

import pypdfium2
from tests.browser.test_every_page import SHOTS


def _focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.id")


def test_the_list_by_keyboard(office, browse):
    watched = browse(office, "经办人")
    watched.go("/ledger?sort=new")
    page = watched.page
    rows = page.eval_on_selector_all(
        "#results tbody th a", "all => all.map(a => a.getAttribute('href'))"
    )
    page.keyboard.press("j")
    assert _focused(page) == rows[0]
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    assert _focused(page) == rows[1]
    page.keyboard.press("?")
    assert page.is_visible("text=到查找框")
    page.keyboard.press("/")
    assert _focused(page) == "id_q"
    page.keyboard.type("jk/")
    assert page.input_value("#id_q") == "jk/"
    watched.go("/ledger?sort=new")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{rows[0]}")
    watched.clean()


def test_without_script_the_list_says_nothing_of_keys(office, browse):
    watched = browse(office, "经办人", java_script_enabled=False)
    watched.go("/ledger")
    assert not watched.page.is_visible("text=键盘操作")
    assert watched.page.locator("#results tbody th a").count() > 5
    watched.clean()


def test_the_paper_of_an_item_prints_on_a4(office, browse):
    watched = browse(office, "责任人")
    watched.go(f"/ledger/{office.items['published']}/paper")
    printed = watched.page.pdf(prefer_css_page_size=True)
    paper = pypdfium2.PdfDocument(printed)
    assert 1 <= len(paper) <= 3
    width, height = paper[0].get_size()
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (210, 297)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    for words in ("整改事项单", "怎样算做到", "佐证", "经过", "核验人签字"):
        assert words in text
    assert "返回事项" not in text
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / "paper-print.pdf").write_bytes(printed)
    watched.clean()
