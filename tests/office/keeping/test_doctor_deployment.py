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
                  "1 条，最近 1 条没有问题", "还没有校验点报存", "删除登记", "还没有导出恢复文件",
                  "网页服务：没有在运行", "每日巡查：还没有运行过"):  # fmt: skip
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


def said(place):
    done = place.luoshi("doctor", "--home", place.home)
    assert "Traceback" not in done.stderr
    return done.stdout


LATER = """
from datetime import timedelta
from luoshi.office.journal import clock
from luoshi.office.keeping import condition
real = clock.now
clock.now = lambda: real() + timedelta(days={days})
for finding in condition.look():
    print(finding.state, finding.name, finding.words)
"""


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "good 每日巡查 最近一次在今天"), (1, "good 每日巡查 最近一次在昨天"),
     (4, "missing 每日巡查 最近一次在4天前")],
)  # fmt: skip
def test_how_long_ago_the_sweep_ran(place, days, words):
    assert place.luoshi("sweep").returncode == 0
    assert words in place.python(LATER.format(days=days))


def test_who_serves_is_seen(place):
    script = (
        "import subprocess, sys\nfrom luoshi.office.keeping.lock import held\n"
        "with held(alone=False):\n    print(subprocess.run([sys.executable, '-m',"
        " 'luoshi.cli.main', 'doctor'], capture_output=True, text=True).stdout)\n"
    )
    assert "✓ 网页服务：正在运行" in place.python(script)


def test_backups_that_never_end(place):
    place.backup()
    assert "旧备份" not in said(place)
    path = place.packages()[0]
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert "– 旧备份" in said(place)
    other = place.backups / "别的.tar"
    path.rename(other)
    assert "旧备份" not in said(place)


def test_a_backup_disk_that_is_nearly_full(place):
    place.backup()
    script = (
        "import shutil, collections\nfrom luoshi.office.keeping import condition\n"
        "usage = collections.namedtuple('u', 'total used free')\n"
        "condition.shutil.disk_usage = lambda _: usage(9, 9, 5000)\n"
        "print([f for f in condition.look() if f.state == 'bad'])\n"
    )
    found = place.python(script)
    assert "备份所在磁盘" in found
    assert "数据所在磁盘" in found


def test_the_new_year_without_its_calendar(place):
    script = (
        "from datetime import UTC, datetime\nfrom luoshi.office.journal import clock\n"
        "from luoshi.office.keeping import condition\n"
        "clock.now = lambda: datetime(2040, 6, 1, tzinfo=UTC)\n"
        "print([f for f in condition.look() if f.name == '期限推算'])\n"
    )
    assert "luoshi pack import" in place.python(script)
