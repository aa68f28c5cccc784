"""``luoshi report`` makes the same papers for the same people as the page."""

import sys

import docx
import pytest
from tests.office.papers.papers_world import Rich

from luoshi.office.journal.models import Entry


@pytest.fixture
def luoshi(capsys, monkeypatch):
    def run(*arguments):
        from luoshi.cli.main import main

        monkeypatch.setattr(sys, "argv", ["luoshi", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return caught.value.code or 0, out, err

    return run


@pytest.fixture
def here(world):
    return Rich(world)


def by(person):
    return ["--as", person.accounts.get().username, "--for", "报区委组织部"]


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("what", ["item", "material", "special"])
def test_a_file_is_written(here, luoshi, tmp_path, form, what):
    target = tmp_path / f"报告.{form}"
    named = {"item": [here.items["late"].number], "material": ["--material", here.material.pk],
             "special": ["--special", here.special.pk]}[what]  # fmt: skip
    entries = Entry.objects.count()
    code, out, err = luoshi("report", *named, *by(here.world.clerk), "-o", target)
    assert code == 0, err
    assert f"已出具：{target}" in out
    assert target.read_bytes()[:4] in {b"PK\x03\x04", b"%PDF"}
    assert Entry.objects.count() == entries + 1


def test_the_lists(here, luoshi, tmp_path):
    target = tmp_path / "清单.docx"
    code, _, err = luoshi("report", "--special", here.special.pk, "--lists", "--to", "区委办",
                          *by(here.world.head), "-o", target)  # fmt: skip
    assert code == 0, err
    assert "责任清单" in "".join(p.text for p in docx.Document(target).paragraphs[:4])


def test_refusals_write_nothing(here, elsewhere, luoshi, tmp_path):
    world, number = here.world, here.items["late"].number
    out = tmp_path / "报告.docx"
    (tmp_path / "有.docx").write_text("先前的")
    clerk = by(world.clerk)
    cases = {
        "请写明一项": ["report", *clerk, "-o", out],
        "请写明一项：": ["report", number, "--material", 1, *clerk, "-o", out],
        "以谁的名义": ["report", number, "--for", "试用", "-o", out],
        "写明用途": ["report", number, "--as", "x", "-o", out],
        "写成哪个文件": ["report", number, *clerk],
        "后缀应当是": ["report", number, *clerk, "-o", tmp_path / "报告.xlsx"],
        "已经有了": ["report", number, *clerk, "-o", tmp_path / "有.docx"],
        "没有编号": ["report", "9999-0001", *clerk, "-o", out],
        "没有编号“": ["report", number, *by(elsewhere.clerk), "-o", out],
        "没有找到": ["report", "--material", 99999, *clerk, "-o", out],
        "没有找到，": ["report", "--special", here.special.pk, *by(elsewhere.clerk), "-o", out],
        "没有出具": ["report", number, *by(world.reviewer), "-o", out],
        "没有可以使用的账号": ["report", number, "--as", "nobody", "--for", "试用", "-o", out],
        "文件夹": ["report", number, *clerk, "-o", tmp_path / "没有" / "报告.docx"],
    }
    entries = Entry.objects.count()
    for words, arguments in cases.items():
        code, _, err = luoshi(*arguments)
        assert code == 2, words
        assert words in err
    assert not out.exists()
    assert (tmp_path / "有.docx").read_text() == "先前的"
    assert Entry.objects.count() == entries
