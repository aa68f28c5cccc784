"""A clerk brings the old ledger: upload, preview, confirm; export, and the exported table again."""

from pathlib import Path

from tests.ledger_sheets import ledger

SHOTS = Path(__file__).resolve().parents[2] / "out" / "screens"


def test_from_the_old_ledger_to_the_exported_one(empty_office, browse, tmp_path):
    old = tmp_path / "旧台账.xlsx"
    old.write_bytes(ledger("gaps"))
    watched = browse(empty_office, "经办人", accept_downloads=True)
    page = watched.page
    watched.go("/")
    page.get_by_role("link", name="导入现有的台账").click()
    page.set_input_files("input[type=file]", old)
    page.get_by_role("button", name="上传并预览").click()
    assert "没有认出的栏" in page.inner_text("main")
    assert "物业矛盾多" in page.inner_text("main")
    page.get_by_label("“李四光”是").select_option(label="同事（城管科）")
    page.get_by_label("不导入：划线并加装隔离桩").check()
    page.get_by_role("button", name="确认导入").click()
    assert "建立了3项草稿" in page.inner_text("main")
    page.screenshot(path=SHOTS / "workbook-done.png", full_page=True)
    row = page.get_by_role("row", name="修复破损人行道二百米")
    assert "同事" in row.inner_text()
    row.get_by_role("link").click()
    assert "没有独立佐证" in page.inner_text("main")
    assert "草拟" in page.inner_text("main")

    watched.go("/ledger?q=人行道")
    page.get_by_role("link", name="导出").click()
    assert "导出 1 项" in page.inner_text("main")
    page.get_by_role("link", name="不导出，返回").click()
    watched.go("/ledger/export")
    page.get_by_label("用途").fill("报区委办")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出表格").click()
    given = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(given)
    assert given.name.startswith("柳河街道办事处整改台账")

    watched.go("/ledger/import")
    page.set_input_files("input[type=file]", given)
    page.get_by_role("button", name="上传并预览").click()
    assert "没有要建立的事项" in page.inner_text("main")
    assert "已经导入过、没有变化的3条" in page.inner_text("main")
    page.get_by_role("link", name="放弃").click()
    page.get_by_role("button", name="放弃").click()
    assert "已放弃，台账没有改动" in page.inner_text("main")
    watched.clean()


def test_a_file_that_is_no_ledger(empty_office, browse, tmp_path):
    watched = browse(empty_office, "经办人", "phone")
    page = watched.page
    watched.go("/ledger/import")
    page.get_by_role("button", name="上传并预览").click()
    assert "请选择“台账表格”" in page.inner_text("main")
    wrong = tmp_path / "照片.xlsx"
    wrong.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    page.set_input_files("input[type=file]", wrong)
    page.get_by_role("button", name="上传并预览").click()
    assert "不是 Excel 表格文件" in page.inner_text("main")
    watched.clean()
