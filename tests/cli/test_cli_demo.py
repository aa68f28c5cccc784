"""``luoshi demo``: it shows the main job, writes every kind of result, and finds its own faults."""

import json
import re
import zipfile
from dataclasses import replace

import pytest

from luoshi import check
from luoshi.cli import demo, demo_outputs
from luoshi.cli.planted import planted
from luoshi.core.checks import Report
from luoshi.core.reading import read_bytes

NAMES = {"带批注.docx", "检查意见.html", "检查意见.json", "检查意见.sarif", "三张清单.xlsx"}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def report(samples):
    return check(samples / "self-examination.docx")


def test_the_demo_checks_itself_and_writes_everything(luoshi, here):
    run = luoshi("demo")
    assert (run.code, run.err) == (0, "")
    assert "自检通过" in run.out
    assert " 错误 B107 " in run.out
    assert {path.name for path in (here / "out").iterdir()} == NAMES
    assert all(name in run.out for name in NAMES)
    assert luoshi("demo", "-o", "别处/演示").code == 0
    assert (here / "别处" / "演示" / "带批注.docx").exists()


def test_what_the_demo_writes_is_what_check_writes(luoshi, here, samples):
    luoshi("demo")
    path = samples / "self-examination.docx"
    luoshi("check", path, "-o", "a.docx")
    assert (here / "a.docx").read_bytes() == (here / "out" / "带批注.docx").read_bytes()
    shown = json.loads(luoshi("check", path, "--format", "json", "--details").out)
    kept = json.loads((here / "out" / "检查意见.json").read_text("utf-8"))
    shown["documents"][0]["path"] = path.name
    assert kept == shown


def test_planted_defects_are_found_at_their_grade_or_above(report):
    defects = planted()
    assert len({d.kind for d in defects if d.severity != "note"}) >= 25
    lost = [d.quote for d in defects if not d.missed and d.found_by(report) is None]
    assert lost == []


def test_a_finding_elsewhere_of_another_rule_or_too_mild_does_not_count(report):
    defect = next(d for d in planted() if d.kind == "homophone")
    found = defect.found_by(report)
    assert found is not None
    for other in (
        replace(found, code="T101"),
        replace(found, severity="warning"),
        replace(found, spans=(type(found.spans[0])(0, 2),)),
        replace(found, spans=()),
    ):
        assert defect.found_by(Report(report.document, report.examination, (other,))) is None


def test_a_planted_defect_that_is_no_longer_found_fails_the_demo(luoshi, here, monkeypatch):
    first = next(d for d in planted() if not d.missed)
    lost = replace(first, codes=("M110",))
    monkeypatch.setattr(demo, "planted", lambda: (lost, *planted()))
    run = luoshi("demo")
    assert run.code == 2
    assert f"自检不通过：样例里埋下的毛病没有查出：{first.quote}" in run.err
    assert "自检通过" not in run.out


def test_the_demo_fails_when_the_samples_differ(luoshi, here, monkeypatch):
    monkeypatch.setattr(demo, "_compare", lambda results: ["md 样例与 Word 样例拆得不一样：二/1"])
    run = luoshi("demo")
    assert run.code == 2
    assert "自检不通过：md 样例" in run.err


def spoilt_docx(data):
    """The same file with a part changed that comments have nothing to do with."""
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content + b"<!-- -->" if name == "word/styles.xml" else content)
    return made.getvalue()


def test_every_output_that_is_not_as_it_should_be_is_named(samples, report, tmp_path):
    path = samples / "self-examination.docx"
    demo_outputs.write_outputs(path, report, tmp_path)
    wrong = {name: problem for name, _, _, problem in demo_outputs._OUTPUTS}
    good = {name: (tmp_path / name).read_bytes() for name in wrong}
    assert {name: wrong[name](good[name], path, report) for name in wrong} == dict.fromkeys(
        wrong, ""
    )
    less = Report(report.document, report.examination, report.findings[:-1])
    for name in ("检查意见.json", "检查意见.sarif", "带批注.docx"):
        assert "对不上" in wrong[name](good[name], path, less)
    page = re.sub(rb' id="f3"', b"", good["检查意见.html"])
    assert wrong["检查意见.html"](page, path, report)
    assert "word/styles.xml" in wrong["带批注.docx"](spoilt_docx(good["带批注.docx"]), path, report)
    assert read_bytes(good["带批注.docx"]).text == report.document.text


def test_a_folder_that_cannot_be_written_is_named(luoshi, here):
    (here / "out").write_text("一个文件", encoding="utf-8")
    run = luoshi("demo")
    assert run.code == 2
    assert run.err == "出错：结果写不进 out：已经有一个同名的文件。请换一个位置再试。\n"
