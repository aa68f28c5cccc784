"""``luoshi archive``: what is kept, what is found in it, how it ends."""

import json

import pytest

COPIED = (
    "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
    "我当场给房管站打了电话，却没有再问结果，五月老人又打来热线，才知道维修款一直没有批下来。"
)


@pytest.fixture
def kept(luoshi, tmp_path):
    old = tmp_path / "2024年"
    old.mkdir()
    (old / "甲.txt").write_text(
        f"第一份。\n{COPIED}\n此后每周去。\n2024年12月30日", encoding="utf-8"
    )
    (old / "乙.txt").write_text(
        "食堂的采购只问了一家价格，单据上没有第二个人签字。", encoding="utf-8"
    )
    (tmp_path / "新.txt").write_text(f"今年写的。\n{COPIED}\n2025年12月29日", encoding="utf-8")
    run = luoshi("archive", "add", tmp_path / "库", old)
    assert (run.code, run.err) == (0, "")
    assert "加入或更新了 2 份材料。比对库现有 2 份。" in run.out
    return tmp_path


def test_a_new_material_is_compared(luoshi, kept):
    run = luoshi("archive", "compare", kept / "库", kept / "新.txt")
    assert (run.code, run.err) == (1, "")
    assert "新.txt 第 2 行，一字不差：三月中旬我到松园里走访" in run.out
    assert "甲.txt（2024-12-30）：三月中旬" in run.out
    assert "与库里的 2 份材料比对，与 1 份材料有 1 处雷同。" in run.out


def test_the_record(luoshi, kept):
    run = luoshi("archive", "compare", kept / "库", kept / "新.txt", "--format", "json")
    assert run.code == 1
    ((one,),) = ([file["passages"] for file in json.loads(run.out)],)
    assert one[0]["text"] == one[0]["kept"]["text"] == COPIED
    text = (kept / "新.txt").read_text("utf-8")
    assert text[one[0]["start"] : one[0]["end"]] == COPIED


def test_a_kept_material_is_not_compared_with_itself(luoshi, kept):
    run = luoshi("archive", "compare", kept / "库", kept / "2024年" / "甲.txt")
    assert run.code == 0
    assert "没有发现雷同" in run.out


def test_adding_again_listing_removing(luoshi, kept):
    (kept / "2024年" / "乙.txt").write_text("改成了另一件事。", encoding="utf-8")
    run = luoshi("archive", "add", kept / "库", kept / "2024年")
    assert "加入或更新了 1 份材料，另有 1 份早已在库、没有变化。" in run.out
    run = luoshi("archive", "list", kept / "库")
    assert "2024-12-30  " in run.out
    assert "共 2 份。" in run.out
    named = json.loads(luoshi("archive", "list", kept / "库", "--format", "json").out)
    assert {row["dated"] for row in named} == {"2024-12-30", None}
    run = luoshi("archive", "remove", kept / "库", kept / "没有.txt", kept / "2024年" / "甲.txt")
    assert run.code == 2
    assert "一份也没有删" in run.err
    run = luoshi("archive", "remove", kept / "库", kept / "2024年" / "甲.txt")
    assert (run.code, "现有 1 份" in run.out) == (0, True)
    assert luoshi("archive", "compare", kept / "库", kept / "新.txt").code == 0


def test_a_file_that_cannot_be_read_is_named_and_the_others_kept(luoshi, kept):
    (kept / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    run = luoshi("archive", "add", kept / "库", kept / "坏.docx", kept / "新.txt")
    assert run.code == 2
    assert "坏.docx：" in run.err
    assert "现有 3 份" in run.out
    assert luoshi("archive", "compare", kept / "库", kept / "坏.docx").code == 2


def test_a_folder_that_is_none(luoshi, kept):
    for command in ("list", "check"):
        run = luoshi("archive", command, kept / "2024年")
        assert run.code == 2
        assert "不是比对库" in run.err
    assert "已有别的文件" in luoshi("archive", "add", kept / "2024年", kept / "新.txt").err


def test_damage_is_said(luoshi, kept):
    assert "完好" in luoshi("archive", "check", kept / "库").out
    (path,) = (kept / "库").glob("*.basis")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    run = luoshi("archive", "check", kept / "库")
    assert run.code == 2
    assert "已损坏" in run.err
