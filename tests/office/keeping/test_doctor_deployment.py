"""The doctor says of a deployment what is wrong, in Chinese, and by its exit code."""

import os

import pytest

OLD = """
import json
from luoshi.office.home import home
path = home() / "backups.json"
rows = json.loads(path.read_text())
rows[-1]["time"] = "2020-01-01T00:00:00+00:00"
path.write_text(json.dumps(rows))
"""


def test_a_deployment_that_is_well(place):
    place.backup()
    done = place.luoshi("doctor", "--home", place.home)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("数据库", "与程序的版本相符", "只有运行程序的账号能读", "最近一次在今天",
                  "1 条，最近 1 条没有问题", "还没有校验点报存", "删除登记"):  # fmt: skip
        assert words in done.stdout


@pytest.mark.parametrize(
    ("spoil", "said", "code"),
    [
        (lambda p: os.chmod(p.home / "keys" / "journal", 0o644), "别人也能读", 2),
        (lambda p: p.packages()[0].unlink(), "已经不在那里", 0),
        (lambda p: p.python(OLD), "太久了", 0),
        (lambda p: (p.backups / "luoshi-erasures.json").write_text("{}"), "被改动过", 2),
        (lambda p: (p.home / "luoshi.sqlite3").write_bytes(b"no database" * 999), "连不上", 2),
    ],
    ids=["keys", "gone", "old", "erasures", "database"],
)
def test_what_is_wrong_is_said(place, spoil, said, code):
    place.backup()
    if "LUOSHI_DATABASE" in place.env and said == "连不上":
        pytest.skip("spoils the SQLite file")
    spoil(place)
    done = place.luoshi("doctor", "--home", place.home)
    assert said in done.stdout
    assert done.returncode == code
    assert "Traceback" not in done.stderr
