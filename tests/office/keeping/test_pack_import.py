"""Packs in a deployment: imported, journalled, used by checks and deadlines, backed up, restored."""

import json

import pytest
from tests.pack_maker import MEETING, YEAR, zipped

PAPER = """查摆材料

现将有关情况报告如下，这次会议要求三个查一查。

一、存在的主要问题
（一）查一查路灯是不是都亮方面
1.沿河路路灯坏了九盏没有人管。
（二）查一查井盖是不是都在方面
1.南街井盖少了三个。
（三）查一查楼道是不是都通方面
1.十二个楼道堆着杂物。
二、原因分析
1.平时检查不够。
三、整改措施
1.6月底前由市政科更换沿河路路灯九盏。
"""
ENTRIES = """
from luoshi.office.journal.models import Entry
for e in Entry.objects.select_related("opening").order_by("number"):
    print(e.verb, e.opening.facts)
"""
ESTIMATE = """
from datetime import date
from luoshi.core.deadlines.workdays import official, working_days_after
print(working_days_after(official(), date(2027, 2, 4), 1))
from luoshi.office.supervision.sweep import sweep
print([run.estimate for run in sweep()])
"""


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "资料包.zip"
    path.write_bytes(zipped())
    return path


def good(done):
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_an_imported_calendar_ends_the_warning_and_the_journal_tells(place, pack):
    assert "estimate=True" in place.python(ESTIMATE)
    out = good(place.luoshi("pack", "import", pack, "--as", "admin"))
    assert "2027年放假安排" in out
    assert "已导入" in out
    said = place.python(ESTIMATE)
    assert "datetime.date(2027, 2, 15), estimate=False" in said
    assert "[False]" in said
    facts = [line for line in place.python(ENTRIES).splitlines() if line.startswith("pack.")]
    assert len(facts) == 1
    assert '"version":1' in facts[0]
    assert "workdays/2027" in facts[0]
    assert good(place.luoshi("journal", "verify"))
    doctor = place.luoshi("doctor", "--home", place.home).stdout
    assert "2026、2027 年的，其中资料包：2027" in doctor
    assert "资料包：year-2027 版本 1" in doctor
    assert "算到那时的期限只是估计" not in doctor
    listed = good(place.luoshi("pack", "list"))
    assert "经办：admin" in listed


def test_outlines_check_and_split_use_an_imported_outline(place, pack, tmp_path):
    paper, other = tmp_path / "材料.txt", tmp_path / "材料二.txt"
    for each in (paper, other):
        each.write_text(PAPER, encoding="utf-8")
    before = json.loads(good(place.luoshi("split", paper, "--format", "json")))
    assert before["documents"][0]["outline"] != "2026-test-meeting"
    good(place.luoshi("pack", "import", pack))
    assert "2026-test-meeting" in good(place.luoshi("outlines"))
    assert "资料包" in good(place.luoshi("outlines", "2026-test-meeting"))
    for papers in ([paper], [paper, other]):  # in this process, and by workers
        found = json.loads(good(place.luoshi("split", *papers, "--format", "json")))
        assert {d["outline"] for d in found["documents"]} == {"2026-test-meeting"}
        checked = place.luoshi(
            "check", *papers, "--format", "json", "--outline", "2026-test-meeting"
        )
        assert checked.returncode in {0, 1}, checked.stderr
    assert {d["outline"] for d in json.loads(checked.stdout)["documents"]} == {"2026-test-meeting"}
    good(place.luoshi("pack", "remove", "year-2027"))
    assert "2026-test-meeting" not in good(place.luoshi("outlines"))
    assert "pack.remove" in place.python(ENTRIES)


def test_packs_are_in_the_backup_and_come_back(place, pack):
    good(place.luoshi("pack", "import", pack))
    path = place.backup()
    there = place.folder / "恢复"
    from tests.databases import fresh_database

    database = fresh_database()
    good(place.restore(path, there, **database))
    out = good(place.luoshi("pack", "list", "--home", there, **database))
    assert "year-2027 版本 1" in out
    assert "经办：系统" in out
    assert "estimate=False" in place.python(ESTIMATE, there, **database)


def test_a_bad_pack_changes_nothing(place, pack, tmp_path):
    good(place.luoshi("pack", "import", pack))
    before = place.python(ENTRIES)
    held = sorted((p.name, p.read_bytes()) for p in (place.home / "packs").iterdir())
    bad = tmp_path / "坏.zip"
    for data, words in (
        (b"nothing", "不是资料包"),
        (zipped(), "已经导入过"),
        (zipped({"workdays/2027.toml": YEAR.replace("2027-02-20", "2027-02-06")}, version=2), "既放假又上班"),
        (zipped({"outlines/2026-test-meeting.toml": MEETING}, name="other"), "请先删去一个"),
    ):  # fmt: skip
        bad.write_bytes(data)
        done = place.luoshi("pack", "import", bad)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    for arguments in (["--as", "nobody"], ["--key", "k"]):
        assert place.luoshi("pack", "import", pack, *arguments).returncode == 2
    assert place.luoshi("pack", "import", tmp_path / "没有.zip").returncode == 2
    assert place.luoshi("pack", "remove", "没有").returncode == 2
    assert place.python(ENTRIES) == before
    assert sorted((p.name, p.read_bytes()) for p in (place.home / "packs").iterdir()) == held


CLERK = """
from tests.office import make
from luoshi.office.accounts.models import Office, Unit
office = Office.objects.get()
unit = make.save(Unit(office=office, name="科", kind="section"))
person = make.person(office, "经办", unit, roles=["clerk"])
from luoshi.office.accounts.models import User
print(User.objects.get(person=person).username)
"""


def test_only_an_administrator_imports(place, pack):
    username = place.python(CLERK).strip()
    done = place.luoshi("pack", "import", pack, "--as", username)
    assert done.returncode == 2
    assert "没有办理这件事的权限" in done.stderr
    assert not list((place.home / "packs").glob("*.zip"))


def test_a_pack_is_made_signed_checked_and_imported(place, tmp_path):
    year = tmp_path / "2027.toml"
    year.write_text(YEAR, encoding="utf-8")
    made = tmp_path / "放假.zip"
    arguments = ["--name", "workdays", "--title", "放假", "--source", "测试", "-o", made]
    good(place.luoshi("pack", "make", year, *arguments, "--sign"))
    assert place.luoshi("pack", "make", year, *arguments).returncode == 2  # never over another file
    key = (
        good(place.luoshi("journal", "export", tmp_path / "留痕.jsonl")).split("公钥：")[1].strip()
    )
    assert "可以导入" in good(place.luoshi("pack", "check", made, "--key", key))
    assert "已导入" in good(place.luoshi("pack", "import", made, "--key", key))
    year.write_text(YEAR.replace("2027-02-20", "2027-02-06"), encoding="utf-8")
    done = place.luoshi("pack", "make", year, *arguments[:-1], tmp_path / "二.zip")
    assert done.returncode == 2
    assert "既放假又上班" in done.stderr
    assert not (tmp_path / "二.zip").exists()


def test_without_an_office_packs_serve_the_checks(tmp_path, place, pack):
    home = tmp_path / "空"
    good(place.luoshi("pack", "import", pack, LUOSHI_HOME=str(home)))
    assert "2026-test-meeting" in good(place.luoshi("outlines", LUOSHI_HOME=str(home)))
    done = place.luoshi("pack", "import", pack, "--as", "admin", LUOSHI_HOME=str(home))
    assert done.returncode == 2
