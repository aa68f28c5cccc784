"""``luoshi overlap`` on files: what is said, what is written, how it ends."""

import json
from pathlib import Path

import pytest

COPIED = (
    "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
    "我当场给房管站打了电话，却没有再问结果，五月老人又打来热线，才知道维修款一直没有批下来。"
)


@pytest.fixture
def folder(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")

    write("甲.txt", f"第一份材料。\n{COPIED}\n此后每周去一次。\n2025年1月8日")
    write("乙.txt", f"另一份写的是食堂采购，只问了一家价格。\n{COPIED}\n2024年12月30日")
    write("丙.txt", "档案室漏水以后目录和实物对不上，清点前后用了十一天。")
    return tmp_path


def test_what_is_shared_is_shown_with_its_places(luoshi, folder):
    run = luoshi("overlap", folder)
    assert (run.code, run.err) == (1, "")
    assert "一字不差，落款较早的是" in run.out
    assert "甲.txt 第 2 行：三月中旬我到松园里走访" in run.out
    assert "比对了 3 份材料：2 份之间有 1 处雷同，其中一字不差的 1 处" in run.out


def test_the_record(luoshi, folder, tmp_path):
    target = tmp_path / "雷同.json"
    run = luoshi("overlap", folder, "--format", "json", "-o", target)
    assert run.code == 1
    record = json.loads(target.read_text("utf-8"))
    (one,) = record["passages"]
    for side in ("a", "b"):
        place = one[side]
        text = Path(record["documents"][place["document"]]["path"]).read_text("utf-8")
        assert text[place["start"] : place["end"]] == COPIED
    assert (one["kind"], record["clusters"]) == (
        "exact",
        [[one["a"]["document"], one["b"]["document"]]],
    )
    assert record["documents"][one[one["earlier"]]["document"]]["dated"] == "2024-12-30"


def test_references_are_only_compared_with(luoshi, folder):
    again = luoshi(
        "overlap",
        folder / "丙.txt",
        "--reference",
        folder / "甲.txt",
        "--reference",
        folder / "乙.txt",
    )
    assert again.code == 0
    assert "比对了 1 份材料，并与 2 份参照材料比对，没有发现雷同的段落。" in again.out


def test_whole_documents_that_are_the_same(luoshi, folder):
    (folder / "丁.txt").write_text((folder / "丙.txt").read_text("utf-8"), encoding="utf-8")
    run = luoshi("overlap", folder / "丙.txt", folder / "丁.txt")
    assert run.code == 1
    assert "整篇相同：" in run.out


def test_a_file_that_cannot_be_read_is_named_and_the_others_compared(luoshi, folder):
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    run = luoshi("overlap", folder)
    assert run.code == 2
    assert "坏.docx：" in run.err
    assert "1 处雷同" in run.out


def test_nothing_there(luoshi, tmp_path):
    run = luoshi("overlap", tmp_path / "没有")
    assert run.code == 2
    assert "没有" in run.err
