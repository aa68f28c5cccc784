"""Old backups go after all were found whole; what is none, or not known to be good, never goes."""

import json
import os
import shutil

from tests.office.keeping.conftest import PASSPHRASE


def backup(place, *arguments, code=0):
    done = place.luoshi("backup", "--to", place.backups, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_only_the_newest_stay(place):
    for _ in range(3):
        backup(place)
    assert len(place.packages()) == 3
    done = backup(place, "--keep", 2)
    assert "留下 2 份，都核对过；删去 2 份" in done.stdout
    left = place.packages()
    assert len(left) == 2
    assert place.restore(left[0], place.folder / "恢复").returncode == 0
    # All are of one day: one of them is its last.
    backup(place, "--daily", 7, "--weekly", 4, "--monthly", 12)
    assert len(place.packages()) == 1


def test_a_number_that_cannot_be_makes_no_backup(place):
    for value in ("-1", "1001", "许多"):
        done = place.luoshi("backup", "--to", place.backups, "--keep", value)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert place.packages() == []


def test_what_is_no_backup_never_goes(place):
    first = backup(place) and place.packages()[0]
    others = {
        "notes.txt": b"x", "luoshi-20200101-000000.tar.bak": b"x", "别的-20200101-000000.tar": b"x",
        "luoshi-handbook.tar": b"x", "luoshi-20200101-000000.zip": b"x",
    }  # fmt: skip
    for name, data in others.items():
        (place.backups / name).write_bytes(data)
    outside = place.folder / "luoshi-20190101-000000.tar"
    shutil.copy(first, outside)
    (place.backups / "luoshi-20190101-000000.tar").symlink_to(outside)
    (place.backups / "luoshi-20180101-000000.tar").mkdir()
    backup(place, "--keep", 1)
    left = {p.name for p in place.backups.iterdir()}
    assert set(others) <= left
    assert {"luoshi-20190101-000000.tar", "luoshi-20180101-000000.tar"} <= left
    assert outside.exists()
    assert first.name not in left


def test_a_damaged_backup_neither_counts_nor_goes(place):
    for _ in range(3):
        backup(place)
    good, half, altered = place.packages()
    half.write_bytes(half.read_bytes()[:4000])
    altered.write_bytes(altered.read_bytes().replace("柳河".encode(), "云岭".encode()))
    (place.backups / "luoshi-20200101-000000.tar").write_bytes(b"nothing of ours")
    done = backup(place, "--keep", 2, code=1)
    assert done.stderr.count("没有删，请自行处理") == 3
    assert good.exists()  # the second good one, though it is the oldest of all
    assert half.exists()
    assert altered.exists()
    backup(place, "--keep", 2, code=1)
    assert not good.exists()


def test_sealed_backups_go_only_when_the_passphrase_opens_them(place, passphrase, tmp_path):
    sealed = ["--encrypt", "--passphrase-file", passphrase]
    for _ in range(2):
        backup(place, *sealed)
    done = backup(place, "--keep", 1, code=1)
    assert done.stderr.count("没有口令") == 2
    assert len(place.packages()) == 3
    other = tmp_path / "另一口令"
    other.write_text(PASSPHRASE + "不同", encoding="utf-8")
    done = backup(place, "--encrypt", "--passphrase-file", other, "--keep", 1, code=1)
    assert done.stderr.count("口令不对") == 2
    backup(place, *sealed, "--keep", 1, code=1)  # the one under the other passphrase stays
    left = [p for p in place.packages() if p.name.endswith(".sealed")]
    assert len(left) == 2


def test_a_backup_of_another_deployment_never_goes(place):
    backup(place)
    (mine,) = place.packages()
    script = "from luoshi.office.journal import checkpoints; print(checkpoints.origin())"
    assert place.python(script).strip()
    other = place.folder / "另一套"
    there = {"LUOSHI_HOME": str(other)}
    from tests.databases import fresh_database

    there |= fresh_database()
    assert place.luoshi("init", "--office", "云台街道办事处", **there).returncode == 0
    done = place.luoshi("backup", "--to", place.folder / "它的", **there)
    assert done.returncode == 0
    (its,) = (place.folder / "它的").glob("luoshi-*.tar")
    shutil.copy(its, place.backups / "luoshi-20200101-000000.tar")
    done = backup(place, "--keep", 1, code=1)
    assert "另一套系统" in done.stderr
    assert (place.backups / "luoshi-20200101-000000.tar").exists()
    assert not mine.exists()


def test_while_an_attachment_is_missing_nothing_goes(place):
    from tests.office.keeping.test_backup_restore import STORE

    digest = place.python(STORE).strip()
    backup(place)
    (place.home / "files" / digest[:2] / digest).unlink()
    done = backup(place, "--keep", 1, code=1)
    assert "一份也没有删" in done.stderr
    assert len(place.packages()) == 2


def test_a_backup_that_did_not_succeed_removes_nothing(place):
    backup(place)
    before = place.packages()
    script = (
        "import json\nfrom pathlib import Path\nfrom luoshi.core.keeping.retention import Retention\n"
        "from luoshi.engines.keeping.errors import KeepingError\n"
        "from luoshi.office.keeping import backup, pruning\n"
        f"new = backup.make(Path({str(place.backups)!r})).path\n"
        "new.write_bytes(new.read_bytes()[:5000])\n"
        "try:\n    pruning.prune(new, Retention(newest=1), None)\n"
        "except KeepingError as error:\n    print(json.dumps(str(error)))\n"
    )
    assert "换一份备份" in json.loads(place.python(script))
    assert set(before) <= set(place.packages())
    assert os.path.getsize(before[0])
