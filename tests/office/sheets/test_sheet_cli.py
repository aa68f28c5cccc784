"""`luoshi import` with a workbook: a preview, and nothing without a yes."""

import pytest

from ledger_sheets import LEDGERS, ledger
from luoshi.cli.workbooks import is_workbook, take_in
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.models import Commitment
from luoshi.office.sheets.models import SheetImport


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def workbook(tmp_path):
    def make(name, data=None):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(ledger(name) if data is None else data)
        return path

    return make


@pytest.mark.parametrize("name", LEDGERS)
def test_a_dry_run_prints_the_preview_and_writes_nothing(world, workbook, name, capsys):
    before = Entry.objects.count()
    assert take_in(workbook(name), world.clerk, dry_run=True, yes=True)
    out = capsys.readouterr().out
    assert "可以建立草稿" in out
    assert "没有写入任何内容" in out
    assert (Entry.objects.count(), Commitment.objects.count()) == (before, 0)
    assert not SheetImport.objects.exists()


def test_the_preview_says_what_was_understood_and_what_not(world, workbook, capsys):
    take_in(workbook("gaps"), world.clerk, dry_run=True, yes=False)
    out = capsys.readouterr().out
    for words in ("B1“措施”为整改措施", "没有认出的栏：G1“我们自己的一栏”", "有问题没有措施：物业矛盾多",
                  "没有对上的名称：李四光", "表里称已销号：没有独立佐证", "＋ 台账第3行"):  # fmt: skip
        assert words in out


def test_without_a_yes_nothing_is_imported(world, workbook, capsys):
    assert not take_in(workbook("plain"), world.clerk, dry_run=False, yes=False)
    assert "--yes" in capsys.readouterr().err
    assert not Commitment.objects.exists()


def test_with_a_yes_it_is_imported_once(world, workbook, capsys):
    assert take_in(workbook("plain"), world.clerk, dry_run=False, yes=True)
    assert "建立了3项草稿" in capsys.readouterr().out
    assert not take_in(workbook("plain"), world.clerk, dry_run=False, yes=True)
    assert "没有要建立的事项" in capsys.readouterr().err
    assert Commitment.objects.count() == 3
    # What was refused does not wait for anybody on the page.
    assert not SheetImport.objects.filter(state=SheetImport.State.PREVIEW).exists()


def test_changes_are_printed_as_old_and_new(world, workbook, capsys):
    take_in(workbook("many_measures"), world.clerk, dry_run=False, yes=True)
    capsys.readouterr()
    take_in(workbook("many_measures_later"), world.clerk, dry_run=True, yes=False)
    out = capsys.readouterr().out
    assert "整改时限：2026年12月底前 → 2027年3月底前" in out
    assert "与上次不同6项" in out


@pytest.mark.parametrize("who", ["owner", "head", "auditor", "administrator", "outsider"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_even_the_preview_is_for_those_who_draft(world, workbook, who, dry_run, capsys):
    assert not take_in(workbook("plain"), getattr(world, who), dry_run=dry_run, yes=True)
    said = capsys.readouterr()
    assert "没有导入台账的权限" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "空的"), (b"text", "不是 Excel"), (b"PK\x03\x04", "不完整")]
)
def test_what_cannot_be_read_is_said(world, workbook, data, words, capsys):
    assert not take_in(workbook("plain", data), world.clerk, dry_run=True, yes=False)
    assert words in capsys.readouterr().err


def test_a_file_that_is_not_there(world, tmp_path, capsys):
    assert not take_in(tmp_path / "没有.xlsx", world.clerk, dry_run=True, yes=False)
    assert "没有找到" in capsys.readouterr().err


def test_workbooks_are_told_from_materials_by_their_names(tmp_path):
    assert [is_workbook(tmp_path / name) for name in ("a.xlsx", "a.XLS", "a.et", "a.docx", "a")] == [
        True, True, True, False, False,
    ]  # fmt: skip
