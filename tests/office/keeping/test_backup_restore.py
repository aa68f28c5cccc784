"""A backup under load comes back to a journal that verifies; a bad one touches nothing."""

import json
import os
import resource
import signal
import subprocess
import sys
import tarfile

from tests.office.keeping.conftest import ROOT

WORKER = ROOT / "tests" / "office" / "journal" / "kill_worker.py"
STATE = """
import json
from luoshi.office.accounts.models import Person, Unit
from luoshi.office.journal.verification import verify_database
verdict = verify_database()
print(json.dumps({"size": verdict.size, "bad": [t.words for t in verdict.troubles],
    "units": list(Unit.objects.order_by("pk").values_list("name", flat=True)),
    "people": list(Person.objects.order_by("pk").values_list("name", flat=True))}))
"""
ADD = """
from luoshi.office.accounts.actions import people
from luoshi.office.accounts.models import Person
by = Person.objects.order_by("pk").first()
"""
STORE = """
from luoshi.office.accounts.models import Office
from luoshi.office.examinations import storage
from luoshi.office.journal.act import SYSTEM, action
@action("test.file", "测试文件", needs="")
def keep(act, *, by, stored, office):
    act.about(act.save(stored.row(office)), facts={})
kept = storage.store([b"%PDF-1.4 evidence"], "a.pdf", evidence=True)
keep(by=SYSTEM, stored=kept, office=Office.objects.get().pk)
print(kept.sha256)
"""


def state(place, home, **environment):
    return json.loads(place.python(STATE, home, **environment))


def whole(place, home, **environment):
    found = state(place, home, **environment)
    assert found["bad"] == []
    names = found["units"]
    for name in names:
        if name.endswith("甲"):
            assert f"{name[:-1]}乙" in names, "half an action"
    return found


def test_a_backup_under_load_comes_back_and_verifies(place, passphrase):
    """Three processes write without a pause while three backups are made."""
    digest = place.python(STORE).strip()
    env = place.env | {"DJANGO_SETTINGS_MODULE": "luoshi.web.settings"}
    writers = [
        subprocess.Popen([sys.executable, str(WORKER), "run"], env=env, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    try:
        for writer in writers:
            assert writer.stdout.readline().startswith(b"done")
        made = [
            place.backup(),
            place.backup(),
            place.backup("--encrypt", "--passphrase-file", passphrase),
        ]
        assert all(writer.poll() is None for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    sizes = []
    for number, path in enumerate(made):
        home = place.folder / f"恢复{number}"
        from tests.databases import fresh_database

        there = fresh_database()
        done = place.restore(path, home, "--passphrase-file", passphrase, **there)
        assert done.returncode == 0, done.stderr
        sizes.append(whole(place, home, **there)["size"])
        assert (home / "files" / digest[:2] / digest).read_bytes() == b"%PDF-1.4 evidence"
        assert (home / "keys" / "journal").read_bytes() == (
            place.home / "keys" / "journal"
        ).read_bytes()
        assert (home / "keys" / "journal").stat().st_mode & 0o777 == 0o600
    assert sizes == sorted(set(sizes)), "nothing was written between the backups: no load"
    assert whole(place, place.home)["size"] > sizes[-1]


def refused(place, path, *arguments, words, home=None, **environment):
    """A restore is refused with these words, and nothing has appeared."""
    home = home or place.folder / "不应出现"
    before = sorted(place.folder.rglob("*"))
    done = place.restore(path, home, *arguments, **environment)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(place.folder.rglob("*")) == before


def test_bad_backups_are_refused_and_nothing_appears(place, passphrase, tmp_path):
    place.python(STORE)
    plain = place.backup()
    closed = place.backup("--encrypt", "--passphrase-file", passphrase)
    wrong = tmp_path / "别的口令"
    wrong.write_text("不对的口令不对的口令不对的口令", encoding="utf-8")
    refused(place, closed, "--passphrase-file", wrong, words="口令不对")
    refused(place, closed, words="--passphrase-file")
    refused(place, place.folder / "没有.tar", words="没有")
    for name, data in {
        "cut": plain.read_bytes()[: plain.read_bytes().rindex(b"}")],
        "half": plain.read_bytes()[: plain.stat().st_size // 2],
        "altered": plain.read_bytes().replace(b"%PDF-1.4", b"%PDF-1.5"),
        "renamed": plain.read_bytes().replace("柳河".encode(), "云岭".encode()),
        "none": b"not a backup",
        "sealed": closed.read_bytes()[:-1],
    }.items():
        bad = place.backups / name
        bad.write_bytes(data)
        refused(place, bad, "--passphrase-file", passphrase, words="换一份备份")


def test_what_is_there_is_never_overwritten(place):
    path = place.backup()
    refused(place, path, home=place.home, words="不能覆盖")
    place.home.rename(place.folder / "数据.旧")
    done = place.restore(path, place.home)
    assert done.returncode == 0, done.stderr


def test_without_the_list_of_the_erased_nothing_is_restored(place, tmp_path):
    path = place.backup()
    beside = place.backups / "luoshi-erasures.json"
    older = beside.read_text(encoding="utf-8")
    beside.unlink()
    refused(place, path, words="删除登记")
    beside.write_text(older.replace('"size": 1', '"size": 9'), encoding="utf-8")
    refused(place, path, words="被改动过")
    beside.write_text("{", encoding="utf-8")
    refused(place, path, words="被改动过")
    beside.unlink()
    place.python(
        "from tests.office.make import *\nsave(Unit(office=Office.objects.get(), name='新', kind='section'))"
    )
    newer = place.backup()
    beside.write_text(older, encoding="utf-8")
    refused(place, newer, words="比备份还旧")


ERASE = """
from tests.office import make
from luoshi.office.accounts.actions import leaving
from luoshi.office.accounts.models import Office, Person, Unit
office = Office.objects.get()
by = Person.objects.order_by("pk").first()
"""
PERSON = ERASE + (
    "unit = make.save(Unit(office=office, name='科', kind='section'))\n"
    "who = make.person(office, '将被删除的人', unit, roles=['owner'])\nprint(who.pk)\n"
)


def test_persons_erased_stay_erased(place):
    """A backup still holds the person; the file beside it, written at the erasure, does not forget."""
    who = place.python(PERSON).strip()
    path = place.backup()
    place.python(
        ERASE + f"leaving.leave(by=by, person={who}, day=make.days_ago(0))\n"
        f"leaving.forget(by=by, person={who})\n"
    )
    assert who in (place.backups / "luoshi-erasures.json").read_text(encoding="utf-8")
    from tests.databases import fresh_database

    there, home = fresh_database(), place.folder / "恢复"
    done = place.restore(path, home, **there)
    assert done.returncode == 0, done.stderr
    assert "已经再次删除" in done.stdout
    found = whole(place, home, **there)
    assert "将被删除的人" not in found["people"]
    assert f"已注销人员{who}" in found["people"]
    assert "将被删除的人".encode() not in (home / "luoshi-erasures.json").read_bytes()
    # And the next backup of the restored deployment knows it too.
    again = place.luoshi("backup", "--home", home, "--to", place.folder / "再备份", **there)
    assert again.returncode == 0, again.stderr
    assert who in (place.folder / "再备份" / "luoshi-erasures.json").read_text(encoding="utf-8")


def test_somebody_else_under_the_same_number_is_not_erased(place):
    """After an old backup a number is given anew: the list knows rows by the entry that made them."""
    before = place.backup()
    who = place.python(PERSON).strip()
    place.python(
        ERASE + f"leaving.leave(by=by, person={who}, day=make.days_ago(0))\n"
        f"leaving.forget(by=by, person={who})\n"
    )
    from tests.databases import fresh_database

    first, home = fresh_database(), place.folder / "恢复"
    assert place.restore(before, home, **first).returncode == 0
    other = place.python(PERSON.replace("将被删除的人", "后来的人"), home, **first).strip()
    assert other == who
    done = place.luoshi("backup", "--home", home, "--to", place.folder / "新", **first)
    assert done.returncode == 0, done.stderr
    (path,) = (place.folder / "新").glob("luoshi-*.tar")
    second, last = fresh_database(), place.folder / "恢复二"
    done = place.restore(path, last, **second)
    assert done.returncode == 0, done.stderr
    assert "后来的人" in whole(place, last, **second)["people"]


LODGE = """
from luoshi.office.journal import checkpoints, clock
from luoshi.office.journal.act import SYSTEM
row = checkpoints.make_checkpoint(by=SYSTEM)
checkpoints.lodge(by=SYSTEM, checkpoint=row.pk, body="区档案馆", day=clock.today())
open({path!r}, "w", encoding="utf-8").write(row.note)
"""


def test_a_backup_older_than_the_lodged_checkpoint_says_so(place, tmp_path):
    older = place.backup()
    place.python(PERSON)
    note = tmp_path / "校验点.txt"
    place.python(LODGE.format(path=str(note)))
    newer = place.backup()
    for arguments in ([], ["--checkpoint", note]):
        home = tmp_path / f"旧{len(arguments)}"
        done = place.restore(older, home, *arguments)
        assert done.returncode == 0, done.stderr
        assert "比报存在外的校验点（区档案馆）旧" in done.stderr
        assert "已经丢失" in done.stderr
    done = place.restore(newer, tmp_path / "新", "--checkpoint", note)
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_full_disk_leaves_no_half_made_backup(place):
    script = (
        "import resource, signal\n"
        "from luoshi.engines.keeping.errors import KeepingError\n"
        "from luoshi.office.keeping.backup import make\n"
        "from pathlib import Path\n"
        "import luoshi.office.keeping.backup as b\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "real = b.writing\n"
        "def limited(*a):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "    return real(*a)\n"
        "b.writing = limited\n"
        f"try:\n    make(Path({str(place.backups)!r}))\n"
        "except KeepingError as error:\n    print(error)\n"
    )
    assert "磁盘空间不够" in place.python(script)
    assert [p.name for p in place.backups.iterdir()] == ["luoshi-erasures.json"]


def test_a_full_disk_at_the_restore_leaves_nothing(place):
    path = place.backup()
    before = sorted(place.folder.rglob("*"))

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

    done = subprocess.run(
        [sys.executable, "-m", "luoshi.cli.main", "restore", str(path), "--home", str(place.folder / "满")],
        env=place.env, preexec_fn=little_room, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "磁盘" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(place.folder.rglob("*")) == before


def test_a_missing_or_spoilt_file_is_told(place):
    digest = place.python(STORE).strip()
    stored = place.home / "files" / digest[:2] / digest
    stored.write_bytes(b"spoilt")
    done = place.luoshi("backup", "--to", place.backups)
    assert done.returncode == 1
    assert "内容与登记的不符" in done.stderr
    stored.unlink()
    done = place.luoshi("backup", "--to", place.folder / "另")
    assert done.returncode == 1
    assert "缺失" in done.stderr
    assert os.listdir(place.folder / "另")


def test_the_list_in_a_backup_tells_everything(place):
    with tarfile.open(place.backup()) as tar:
        names = tar.getnames()
        held = json.loads(tar.extractfile("manifest.json").read())
    assert names[-1] == "manifest.json"
    assert set(held["members"]) == set(names) - {"manifest.json"}
    assert held["journal"]["size"] == 1
    assert "journal.0001_initial" in held["schema"]
    assert held["key"].startswith(held["origin"])
    assert held["program"]
