"""``luoshi check``: the formats, the exit codes, the office's settings and acceptances."""

import json
import re
import sys
import zipfile
from importlib.resources import files
from types import ModuleType

import pytest
from jsonschema import Draft202012Validator

from luoshi import check
from luoshi.cli.checked import targets
from luoshi.core.checks.policy import fingerprints
from luoshi.core.reading import read_bytes

SCHEMA = json.loads((files("luoshi") / "data/schema/split.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
ENTRY = 'quote="{}"\nby="王芳"\nreason="已另发通知"\ndate=2026-11-23\n'
OFF = '[rules.M101]\noff = true\nreason = "本单位另有台账"\n'


def documents(run):
    result = json.loads(run.out)
    VALIDATOR.validate(result)
    return result["documents"]


def codes(record):
    return [found["code"] for found in record["findings"]]


@pytest.fixture
def paper(folder, monkeypatch):
    """One material with findings, in the current folder."""
    monkeypatch.chdir(folder)
    return folder / "甲.txt"


@pytest.fixture
def only_notes(paper):
    """A material, and a config that makes notes of all it has."""
    found = {found.code for found in check(paper).findings}
    lines = [f'[rules.{c}]\nseverity="note"\nreason="试行"\n' for c in sorted(found)]
    paper.with_name("luoshi.toml").write_text("".join(lines), encoding="utf-8")
    return paper


def accept(path, *entries):
    text = "".join(f'[[accepted]]\ncode="{c}"\n{ENTRY.format(q)}' for c, q in entries)
    path.with_name(path.name + ".accept.toml").write_text(text, encoding="utf-8")


def fake(monkeypatch, name, **functions):
    module = ModuleType(f"luoshi.formats.{name}")
    vars(module).update(functions)
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_findings_are_shown_with_their_words_marked(luoshi, paper):
    run = luoshi("check", paper)
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    at = next(i for i, line in enumerate(lines) if " M101 " in line)
    assert lines[at].startswith(f"{paper}:第3行第1字: 提醒 M101 ")
    assert lines[at + 1] == "    2.食堂浪费严重。"
    assert lines[at + 2] == "    " + "^" * 16
    assert re.search(rf"^{re.escape(str(paper))}：错误 \d+、提醒 \d+、提示 \d+。", run.out, re.M)
    assert run.out.endswith("    已关闭 0 条规则、调整 0 条、已接受 0 处。\n")


def test_all_rules_that_are_on_are_run(luoshi, samples):
    path = samples / "self-examination.docx"
    (record,) = documents(luoshi("check", path, "--format", "json"))
    report = check(path)
    assert [(f["code"], f["spans"][0]["start"]) for f in record["findings"] if f["spans"]] == [
        (f.code, f.spans[0].start) for f in report.findings if f.spans
    ]
    marks = fingerprints(report.document, report.findings)
    assert tuple(f["fingerprint"] for f in record["findings"]) == marks
    assert sum(record["counts"].values()) == len(report.findings)


def test_the_record_is_that_of_split_and_more(luoshi, paper):
    arguments = (paper, "--format", "json", "--details", "--with-text")
    (split,) = documents(luoshi("split", *arguments))
    (checked,) = documents(luoshi("check", *arguments))
    assert set(checked) - set(split) == {"counts", "policy"}
    assert {k: v for k, v in checked.items() if k in split and k != "findings"} == {
        k: v for k, v in split.items() if k != "findings"
    }


def test_severity_says_how_far_down_to_list(luoshi, samples):
    path = samples / "self-examination.docx"
    shown = {}
    for least in ("error", "warning", "note"):
        run = luoshi("check", path, "--severity", least)
        assert run.code == 1
        shown[least] = {word for word in ("错误", "提醒", "提示") if f": {word} " in run.out}
    assert shown == {
        "error": {"错误"}, "warning": {"错误", "提醒"}, "note": {"错误", "提醒", "提示"},
    }  # fmt: skip
    assert luoshi("check", path).out == luoshi("check", path, "--severity", "warning").out
    assert "加 --severity note 查看" in luoshi("check", path).out
    (record,) = documents(luoshi("check", path, "--format", "json", "--severity", "error"))
    assert {found["severity"] for found in record["findings"]} == {"error"}
    assert record["counts"]["warning"] > 0


def test_notes_alone_are_no_reason_to_return_a_paper(luoshi, only_notes):
    run = luoshi("check", only_notes)
    assert run.code == 0
    assert "M101" not in run.out
    assert "错误 0、提醒 0" in run.out
    assert " 提示 M101 " in luoshi("check", only_notes, "--severity", "note").out


def test_hiding_warnings_does_not_change_the_exit_code(luoshi, paper):
    assert luoshi("check", paper, "--severity", "error").code == 1


def test_a_rule_switched_off_is_silent_and_counted(luoshi, paper):
    before = documents(luoshi("check", paper, "--format", "json"))[0]
    paper.with_name("luoshi.toml").write_text(OFF, encoding="utf-8")
    after = documents(luoshi("check", paper, "--format", "json"))[0]
    assert "M101" in codes(before)
    assert codes(after) == [code for code in codes(before) if code != "M101"]
    count = codes(before).count("M101")
    off = {"code": "M101", "reason": "本单位另有台账", "findings": count}
    assert after["policy"]["off"] == [off]
    run = luoshi("check", paper, "--details")
    assert f"已关闭 1 条规则（涉及 {count} 处）" in run.out
    assert f"关闭 M101：本单位另有台账（涉及 {count} 处）" in run.out


def test_a_config_named_wins_over_the_one_in_the_folder(luoshi, paper):
    paper.with_name("luoshi.toml").write_text("坏了", encoding="utf-8")
    other = paper.with_name("另一份.toml")
    other.write_text(OFF, encoding="utf-8")
    assert luoshi("check", paper).code == 2
    run = luoshi("check", paper, "--config", other)
    assert run.code == 1
    assert "已关闭 1 条规则" in run.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[rules.M999]\noff=true\nreason="甲"', "没有“M999”这条规则"),
        ("[rules.M101]\noff=true", "缺少 reason"),
        ("[rules", "写得不对"),
    ],
)
def test_settings_that_cannot_be_followed(luoshi, paper, text, words):
    paper.with_name("luoshi.toml").write_text(text, encoding="utf-8")
    run = luoshi("check", paper)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("出错：设置文件 luoshi.toml")
    assert words in run.err


def test_settings_that_cannot_be_read(luoshi, paper):
    assert "没有找到" in luoshi("check", paper, "--config", "没有.toml").err
    paper.with_name("luoshi.toml").write_bytes("[rules]\n# 甲".encode("gb18030"))
    run = luoshi("check", paper)
    assert run.code == 2
    assert "另存为 UTF-8" in run.err


def test_an_accepted_finding_is_silent_and_counted(luoshi, paper):
    accept(paper, ("M101", "2.食堂浪费严重。"), ("M101", "3.没有这一条。"))
    (record,) = documents(luoshi("check", paper, "--format", "json"))
    assert "M101" not in codes(record)
    (taken,) = record["policy"]["accepted"]
    assert (taken["by"], taken["reason"], taken["date"]) == ("王芳", "已另发通知", "2026-11-23")
    assert [each["quote"] for each in record["policy"]["unmatched"]] == ["3.没有这一条。"]
    run = luoshi("check", paper, "--details")
    assert "已接受 1 处；1 条接受已对不上。" in run.out
    assert "接受 M101“2.食堂浪费严重。”：已另发通知（王芳，2026-11-23）" in run.out


def test_acceptances_may_be_named_and_then_those_beside_do_not_count(luoshi, paper):
    accept(paper, ("M101", "2.食堂浪费严重。"))
    other = paper.with_name("记录.toml")
    other.write_text("", encoding="utf-8")
    assert " M101 " not in luoshi("check", paper).out
    assert " M101 " in luoshi("check", paper, "--accept", other).out


def test_acceptances_that_cannot_be_followed_stop_that_document_only(luoshi, folder):
    (folder / "甲.txt.accept.toml").write_text('[[accepted]]\ncode="M101"', encoding="utf-8")
    run = luoshi("check", folder)
    assert run.code == 2
    assert "接受记录 甲.txt.accept.toml 写得不对：第 1 条接受" in run.err
    assert "共 2 份材料，1 份没有检查成。" in run.err
    assert "乙.md：" in run.out
    assert "甲.txt：" not in run.out


def test_acceptances_named_that_are_not_there(luoshi, paper):
    run = luoshi("check", paper, "--accept", "没有.toml")
    assert run.code == 2
    assert "接受记录 没有.toml 读不了：没有找到" in run.err


def test_acceptances_named_are_of_one_document(luoshi, folder):
    run = luoshi("check", folder, "--accept", "记录.toml")
    assert (run.code, run.out) == (2, "")
    assert "--accept 只能用于一份材料" in run.err


def test_a_document_cannot_silence_anything_from_inside(luoshi, paper):
    text = paper.read_text(encoding="utf-8")
    before = codes(documents(luoshi("check", paper, "--format", "json"))[0])
    paper.write_text(f"{text}<!-- luoshi: off M101 -->\n{OFF}", encoding="utf-8")
    after = codes(documents(luoshi("check", paper, "--format", "json"))[0])
    assert before.count("M101") == after.count("M101") > 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_files_give_the_same_as_one_by_one(luoshi, folder, jobs):
    arguments = ("--format", "json", "--details", "--severity", "warning")
    accept(folder / "甲.txt", ("M101", "2.食堂浪费严重。"))
    together = documents(luoshi("check", folder, *arguments, "--jobs", jobs))
    assert len(together) == 2
    assert together == [
        documents(luoshi("check", record["path"], *arguments))[0] for record in together
    ]


def test_the_text_of_many_files_ends_with_the_sum(luoshi, folder):
    run = luoshi("check", folder)
    alone = [luoshi("check", path).out for path in (folder / "下属" / "乙.md", folder / "甲.txt")]
    both = "".join(sorted(alone, key=run.out.index))
    assert run.out.startswith(both)
    assert re.fullmatch(r"共 2 份材料：错误 \d+、提醒 \d+、提示 \d+。\n", run.out[len(both) :])


def test_what_could_not_be_read_outweighs_what_was_found(luoshi, folder):
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(40))
    run = luoshi("check", folder)
    assert run.code == 2
    assert "坏.docx：" in run.err
    assert " M101 " in run.out
    assert "Traceback" not in run.err


def test_a_missing_file_is_named_and_the_others_are_checked(luoshi, paper):
    run = luoshi("check", paper, "没有.docx")
    assert run.code == 2
    assert "没有.docx：" in run.err
    assert " M101 " in run.out


def test_text_goes_to_a_file_too(luoshi, paper):
    shown = luoshi("check", paper).out
    run = luoshi("check", paper, "-o", "结果.txt")
    assert (run.code, run.out) == (1, "")
    assert paper.with_name("结果.txt").read_text(encoding="utf-8") == shown


def test_a_result_stays_when_nothing_could_be_read(luoshi, paper):
    old = paper.with_name("结果.txt")
    assert "已写入 结果.txt（1 份材料）" in luoshi("check", paper, "-o", "结果.txt").err
    assert "已覆盖原有的 结果.txt" in luoshi("check", paper, "-o", "结果.txt").err
    before = old.read_bytes()
    paper.write_bytes(b"")
    run = luoshi("check", paper, "-o", "结果.txt")
    assert run.code == 2
    assert "没有一份材料读成，没有写 结果.txt。" in run.err
    assert old.read_bytes() == before


def test_a_material_is_never_written_over(luoshi, paper):
    before = paper.read_bytes()
    run = luoshi("check", paper, "-o", paper)
    assert run.code == 2
    assert paper.read_bytes() == before


def test_a_result_that_cannot_be_written_says_so(luoshi, paper):
    run = luoshi("check", paper, "-o", paper.parent / "没有" / "结果.txt")
    assert run.code == 2
    assert "写不进" in run.err


def test_sarif_has_what_is_left_of_every_file(luoshi, folder, monkeypatch):
    monkeypatch.chdir(folder)
    folder.joinpath("luoshi.toml").write_text(OFF, encoding="utf-8")
    run = luoshi("check", folder, "-o", "结果.sarif")
    assert run.code in (0, 1)
    (log,) = json.loads((folder / "结果.sarif").read_text(encoding="utf-8"))["runs"]
    expected = [
        found
        for path in (folder / "下属" / "乙.md", folder / "甲.txt")
        for found in check(path).findings
        if found.code != "M101"
    ]
    assert len(log["artifacts"]) == 2
    assert [result["ruleId"] for result in log["results"]] == [found.code for found in expected]
    assert run.err.count("已关闭 1 条规则（涉及") == 2


def test_sarif_suppresses_what_was_accepted_and_names_it_as_json_does(luoshi, paper):
    accept(paper, ("M101", "2.食堂浪费严重。"))
    (run,) = json.loads(luoshi("check", paper, "--format", "sarif").out)["runs"]
    (taken,) = [result for result in run["results"] if result["suppressions"]]
    assert taken["ruleId"] == "M101"
    assert taken["suppressions"][0]["justification"] == "已另发通知（王芳，2026-11-23）"
    (record,) = documents(luoshi("check", paper, "--format", "json"))
    assert [f["fingerprint"] for f in record["findings"]] == [
        result["partialFingerprints"]["luoshi/v1"]
        for result in run["results"]
        if not result["suppressions"]
    ]


def test_sarif_tells_what_the_office_changed_and_what_could_not_be_read(luoshi, paper):
    paper.with_name("luoshi.toml").write_text(OFF, encoding="utf-8")
    (run,) = json.loads(luoshi("check", paper, "没有.docx", "--format", "sarif").out)["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["ruleConfigurationOverrides"][0]["descriptor"]["id"] == "M101"
    assert "没有找到" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_page_goes_to_the_screen_or_to_a_file(luoshi, paper, monkeypatch):
    fake(monkeypatch, "report_html", html_report=lambda path, report, *said: f"<p>{path}</p>")
    run = luoshi("check", paper, "--format", "html")
    assert (run.code, run.out) == (1, f"<p>{paper}</p>")
    assert "已接受 0 处" in run.err
    run = luoshi("check", paper, "-o", "报告.html")
    assert (run.code, run.out) == (1, "")
    assert paper.with_name("报告.html").read_text() == f"<p>{paper}</p>"
    assert "已写入 报告.html" in run.err
    paper.with_name("报告").mkdir()
    luoshi("check", paper, "--format", "html", "-o", "报告")
    assert paper.with_name("报告").joinpath("甲.txt.html").exists()


def test_comments_need_a_new_file_and_a_docx(luoshi, paper, samples):
    run = luoshi("check", samples / "self-examination.docx", "--format", "docx")
    assert (run.code, run.out) == (2, "")
    assert "-o" in run.err
    run = luoshi("check", paper, "-o", "批注.docx")
    assert run.code == 2
    assert "批注只能加在 .docx 上" in run.err
    assert not paper.with_name("批注.docx").exists()


@pytest.mark.parametrize("form", ["html", "docx"])
def test_results_of_several_files_go_into_a_folder(luoshi, samples, tmp_path, form):
    for name in ("甲", "乙"):
        (tmp_path / "材料" / name).mkdir(parents=True)
        copy = tmp_path / "材料" / name / "材料.docx"
        copy.write_bytes((samples / "self-examination.docx").read_bytes())
    run = luoshi("check", tmp_path / "材料", "--format", form, "-o", tmp_path / "结果")
    assert (run.code, run.out) == (1, "")
    ending = ".html" if form == "html" else ""
    written = [path for path in (tmp_path / "结果").rglob("*") if path.is_file()]
    assert sorted(written) == [
        tmp_path / "结果" / name / f"材料.docx{ending}" for name in ("乙", "甲")
    ]
    one, two = written
    assert one.read_bytes() == two.read_bytes() != copy.read_bytes()


def test_comments_are_added_to_the_file_as_it_is(luoshi, samples, tmp_path, monkeypatch):
    seen = []

    def annotate(data, report):
        seen.append((data, report))
        return b"PK annotated"

    fake(monkeypatch, "docx_comments", annotate=annotate)
    path = samples / "self-examination.docx"
    run = luoshi("check", path, "-o", tmp_path / "批注.docx")
    assert run.code == 1
    assert (tmp_path / "批注.docx").read_bytes() == b"PK annotated"
    ((data, report),) = seen
    assert data == path.read_bytes()
    counts, *findings = report.findings
    assert "已关闭 0 条规则" in counts.message
    assert {f.severity for f in findings} == {"error", "warning"}
    assert "处提示没有列出" in run.err


def test_the_annotated_file_tells_what_was_decided_and_why(luoshi, samples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "luoshi.toml").write_text(OFF, encoding="utf-8")
    luoshi("check", samples / "self-examination.docx", "-o", "批注.docx")
    notes = read_bytes((tmp_path / "批注.docx").read_bytes()).notes
    (told,) = [note.text for note in notes if "已关闭 1 条规则" in note.text]
    assert "关闭 M101：本单位另有台账" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("甲.txt", "--format", "html", "-o", "a.docx"), "不一致"),
        (("甲.txt", "--format", "docx", "-o", "a.html"), "不一致"),
        (("甲.txt", "--format", "text", "-o", "a.json"), "不一致"),
        (("甲.txt", "-o", "a.xlsx"), "不能写成 .xlsx"),
        (("甲.txt", "--format", "html", "-o", "a.pdf"), "不能写成 .pdf"),
        ((".", "--format", "html"), "请用 -o 写明文件夹"),
        ((".", "--format", "html", "-o", "照片.jpg"), "是一个文件"),
        ((".", "--format", "docx", "-o", "."), "请换一个文件夹"),
        (("甲.txt", "--jobs", "0"), "1 到 64"),
        (("甲.txt", "--severity", "轻"), "轻"),
        (("甲.txt", "--outline", "没有"), "没有“没有”这个提纲"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(luoshi, paper, arguments, words):
    before = sorted(paper.parent.rglob("*"))
    run = luoshi("check", *arguments)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert sorted(paper.parent.rglob("*")) == before


def test_pages_of_several_files_mirror_where_they_stand(tmp_path):
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙").mkdir()
    paths = [tmp_path / "甲" / "材料.docx", tmp_path / "乙" / "材料.docx"]
    into = targets(paths, "html", tmp_path / "报告")
    assert into == {
        str(path): tmp_path / "报告" / path.parent.name / "材料.docx.html" for path in paths
    }


@pytest.mark.parametrize("form", ["html", "sarif", "docx"])
def test_every_kind_of_report_counts_what_was_switched_off(luoshi, samples, tmp_path, form):
    config = tmp_path / "luoshi.toml"
    config.write_text('[rules.B101]\noff = true\nreason = "另有台账"\n', encoding="utf-8")
    target = tmp_path / f"结果.{form}"
    sample = samples / "self-examination.docx"
    run = luoshi("check", sample, "--config", config, "--format", form, "-o", target)
    assert run.code == 1
    data = target.read_bytes()
    if form == "docx":
        with zipfile.ZipFile(target) as package:
            data = package.read("word/comments.xml")
    assert "已关闭 1 条规则" in data.decode()
