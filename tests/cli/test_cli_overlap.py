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


@pytest.mark.parametrize("name", ["雷同.json", "雷同.sarif", "雷同.html", "雷同.xlsx", "雷同.txt"])
def test_the_name_of_the_file_decides_the_format(luoshi, folder, tmp_path, name):
    target = tmp_path / "结果" / name
    target.parent.mkdir()
    run = luoshi("overlap", folder, "-o", target)
    assert (run.code, run.out) == (1, "")
    assert f"已写入 {target}（3 份材料）。" in run.err
    begins = {"xlsx": b"PK", "html": b"<!DOCTYPE", "txt": str(folder).encode()}
    assert target.read_bytes().startswith(begins.get(name.partition(".")[2], b"{"))
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "html"], "请用 -o 写明文件名，例如：-o 雷同.html"),
        (["--format", "xlsx"], "请用 -o 写明文件名，例如：-o 雷同.xlsx"),
        (["-o", "雷同.docx"], "比对结果不能写成 .docx"),
        (["--format", "json", "-o", "雷同.html"], "与文件名后缀 .html 不一致"),
        (["-o", "."], "是一个文件夹。请写明文件名"),
        (["-o", "没有这个文件夹/雷同.html"], "结果写不进"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_to_do(
    luoshi, folder, tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    run = luoshi("overlap", folder, *arguments)
    assert run.code == 2
    assert words in run.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_slip_alone_is_found(luoshi, tmp_path):
    words = "牢固树立正确政绩观，多做打基础、利长远的事情。"
    for number in range(8):
        shown = words.replace("树", "竖") if number == 5 else words
        own = "".join(chr(0x4E00 + 211 * number + 7 * k) for k in range(20))
        (tmp_path / f"{number}.txt").write_text(f"{own}。{shown}", encoding="utf-8")
    run = luoshi("overlap", tmp_path)
    assert run.code == 1
    assert "5.txt 第 1 行：" in run.out
    assert "这里写作“竖”，同样的上下文里有 7 份写作“树”" in run.out
    assert "没有发现雷同的段落" in run.out
