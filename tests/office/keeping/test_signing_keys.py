"""The signing key: given up for a new one, written out, lost and found; the journal verifies on."""

import pytest
from tests.databases import fresh_database
from tests.office.keeping.conftest import PASSPHRASE


def good(done, code=0):
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def refused(done, words):
    assert done.returncode == 2, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def public(place):
    return good(place.luoshi("keys", "show")).split("公钥：")[1].split()[0]


def files(folder):
    return sorted((p.name, p.read_bytes()) for p in folder.iterdir())


@pytest.fixture
def rotated(place, tmp_path):
    """A deployment whose key was changed between two checkpoints; the two public keys."""
    first = public(place)
    good(place.luoshi("journal", "checkpoint", tmp_path / "一.txt"))
    good(place.luoshi("keys", "new"))
    good(place.luoshi("journal", "checkpoint", tmp_path / "二.txt"))
    return first, public(place)


def test_the_journal_verifies_over_a_change_here_and_elsewhere(place, tmp_path, rotated):
    old, new = rotated
    assert old != new
    notes = ["--checkpoint", tmp_path / "一.txt", "--checkpoint", tmp_path / "二.txt"]
    assert "与 4 个校验点相符" in good(place.luoshi("journal", "verify", *notes))
    exported = tmp_path / "留痕.jsonl"
    good(place.luoshi("journal", "export", exported))
    for key in (old, new):
        out = good(
            place.luoshi("journal", "verify", "--file", exported, "--key", key, *notes,
                         LUOSHI_HOME="/nonexistent")
        )  # fmt: skip
        assert "与 2 个校验点相符" in out
    refused(
        place.luoshi("journal", "verify", "--file", exported, "--key", "abc", *notes),
        "公钥写得不对",
    )
    shown = good(place.luoshi("keys", "show"))
    assert "以前的密钥" in shown
    assert old in shown
    secret = (place.home / "keys" / "journal").read_bytes()
    assert secret.hex() not in shown
    assert [p.name for p in (place.home / "keys").glob("journal.*")] == ["journal.pub"]


def test_an_old_key_that_was_found_signs_nothing_new(place, tmp_path):
    stolen = (place.home / "keys" / "journal").read_bytes()
    good(place.luoshi("journal", "checkpoint", tmp_path / "一.txt"))
    good(place.luoshi("keys", "new"))
    script = (
        "from luoshi.core.journal import checkpoint as c\n"
        "from luoshi.office.journal import checkpoints, storage\n"
        "from luoshi.office.journal.act import SYSTEM\n"
        "row = checkpoints.make_checkpoint(by=SYSTEM)\n"
        "head = c.parse(row.note)\n"
        f"note = c.sign(head, {stolen!r})\n"
        f"open({str(tmp_path / '假.txt')!r}, 'w', encoding='utf-8').write(note)\n"
    )
    place.python(script)
    refused(
        place.luoshi("journal", "verify", "--checkpoint", tmp_path / "假.txt"), "不是用这个公钥"
    )


def test_a_machine_that_stops_in_the_middle_finishes_at_the_next_use(place, tmp_path):
    before = public(place)
    script = (
        "import os\nfrom luoshi.office.journal import signing\n"
        "from luoshi.office.keeping import keys\n"
        "signing.take_over = lambda public: os._exit(0)\nkeys.renew()\n"
    )
    place.python(script)
    assert len(list((place.home / "keys").glob("journal.*"))) == 2  # the new one waits
    good(place.luoshi("journal", "checkpoint", tmp_path / "后.txt"))
    after = public(place)
    assert after != before
    assert [p.name for p in (place.home / "keys").glob("journal.*")] == ["journal.pub"]
    assert "相符" in good(place.luoshi("journal", "verify", "--checkpoint", tmp_path / "后.txt"))


def test_a_change_that_did_not_succeed_changes_nothing(place):
    before = files(place.home / "keys")
    script = (
        "from luoshi.office.journal import storage\nfrom luoshi.office.keeping import keys\n"
        "def broken(**_): raise RuntimeError('disk')\n"
        "storage.append = broken\n"
        "try:\n    keys.renew()\nexcept RuntimeError:\n    print('refused')\n"
    )
    assert "refused" in place.python(script)
    public(place)
    after = [row for row in files(place.home / "keys") if row[0] != "journal.pub"]
    assert after == [row for row in before if row[0] != "journal.pub"]


def test_a_lost_key_is_told_not_replaced_and_comes_back(place, passphrase, tmp_path):
    recovery = tmp_path / "恢复.txt"
    good(place.luoshi("keys", "export", recovery, "--passphrase-file", passphrase))
    assert recovery.stat().st_mode & 0o777 == 0o600
    key = place.home / "keys" / "journal"
    secret = key.read_bytes()
    assert secret.hex() not in recovery.read_text("utf-8")
    name = public(place)
    assert "导出过恢复文件" in place.luoshi("doctor", "--home", place.home).stdout
    key.unlink()
    for command in (["journal", "checkpoint", tmp_path / "不.txt"], ["keys", "new"], ["backup"]):
        refused(place.luoshi(*command), "luoshi keys restore")
    assert not key.exists()
    done = place.luoshi("keys", "show")
    assert (done.returncode, name in done.stdout) == (1, True)
    assert "不见了" in good(place.luoshi("doctor", "--home", place.home), code=2)
    arguments = ["keys", "restore", recovery, "--passphrase-file", passphrase]
    assert "已恢复签名密钥" in good(place.luoshi(*arguments))
    assert key.read_bytes() == secret
    assert key.stat().st_mode & 0o777 == 0o600
    assert "没有改动" in good(place.luoshi(*arguments))
    good(place.luoshi("journal", "checkpoint", tmp_path / "可.txt"))
    good(place.luoshi("journal", "verify"))


def test_the_whole_folder_of_keys_lost(place, passphrase, tmp_path):
    recovery = tmp_path / "恢复.txt"
    good(place.luoshi("journal", "checkpoint", tmp_path / "一.txt"))
    good(place.luoshi("keys", "export", recovery, "--passphrase-file", passphrase))
    name = public(place)
    (place.home / "keys").rename(tmp_path / "别处")
    good(place.luoshi("keys", "restore", recovery, "--passphrase-file", passphrase))
    assert public(place) == name
    good(place.luoshi("journal", "verify", "--checkpoint", tmp_path / "一.txt"))


def test_files_that_do_not_fit_change_nothing(place, passphrase, tmp_path):
    recovery = tmp_path / "恢复.txt"
    good(place.luoshi("keys", "export", recovery, "--passphrase-file", passphrase))
    text = recovery.read_text("utf-8")
    other = tmp_path / "另一套"
    there = {"LUOSHI_HOME": str(other)} | fresh_database()
    good(place.luoshi("init", "--office", "云台街道办事处", **there))
    foreign = tmp_path / "别家.txt"
    good(place.luoshi("keys", "export", foreign, "--passphrase-file", passphrase, **there))
    wrong = tmp_path / "错口令"
    wrong.write_text(PASSPHRASE + "错", encoding="utf-8")
    lines = text.splitlines()
    cut = "\n".join(lines[:-1])
    slip = text.replace("\n03 ", "\n03 AAAAA ", 1)
    before = files(place.home / "keys")

    def tried(content, words, with_passphrase=passphrase):
        path = tmp_path / "试.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        refused(place.luoshi("keys", "restore", path, "--passphrase-file", with_passphrase), words)
        assert files(place.home / "keys") == before

    for key_is_there in (True, False):
        if not key_is_there:
            (place.home / "keys" / "journal").unlink()
            before = files(place.home / "keys")
        tried(text, "口令不对", wrong)
        tried(cut, "")
        tried(slip, "第03行")
        tried("别的文件", "不是签名密钥的恢复文件")
        tried(b"\xff\xfe\x00", "打不开")
        tried("", "不是签名密钥的恢复文件")
        tried(foreign.read_bytes(), "另一套系统")
    refused(
        place.luoshi("keys", "restore", tmp_path / "没有.txt", "--passphrase-file", passphrase),
        "打不开",
    )
    refused(place.luoshi("keys", "export", recovery, "--passphrase-file", passphrase), "已经有了")
    good(place.luoshi("keys", "restore", recovery, "--passphrase-file", passphrase))


def test_an_export_that_cannot_be_written_is_none(place, passphrase, tmp_path):
    target = tmp_path / "没有这个文件夹" / "恢复.txt"
    done = place.luoshi("keys", "export", target, "--passphrase-file", passphrase)
    refused(done, "写不了")
    short = tmp_path / "短口令"
    short.write_text("短", encoding="utf-8")
    refused(
        place.luoshi("keys", "export", tmp_path / "二.txt", "--passphrase-file", short), "口令太短"
    )
    assert not (tmp_path / "二.txt").exists()
    script = (
        "from pathlib import Path\nfrom luoshi.office.keeping import keys\n"
        "def broken(**_): raise RuntimeError('disk')\nkeys.actions.exported = broken\n"
        f"target = Path({str(tmp_path / '三.txt')!r})\n"
        f"try:\n    keys.export({PASSPHRASE!r}, target)\n"
        "except RuntimeError:\n    print(target.exists())\n"
    )
    assert place.python(script).strip() == "False"
    assert "还没有导出过" in good(place.luoshi("keys", "show"))


def test_the_recovery_file_of_a_former_key_is_refused(place, passphrase, tmp_path):
    recovery = tmp_path / "恢复.txt"
    good(place.luoshi("keys", "export", recovery, "--passphrase-file", passphrase))
    good(place.luoshi("keys", "new"))
    assert "还没有导出恢复文件" in place.luoshi("doctor", "--home", place.home).stdout
    done = place.luoshi("keys", "restore", recovery, "--passphrase-file", passphrase)
    refused(done, "已经停用的旧密钥")


def test_a_backup_from_before_the_change_comes_back(place, tmp_path):
    """The list of the erased beside it is signed by the newer key, which the backup does not have."""
    from tests.office.keeping.test_backup_restore import ERASE, PERSON, whole

    who = place.python(PERSON).strip()
    path = place.backup()
    good(place.luoshi("keys", "new"))
    good(place.luoshi("journal", "checkpoint", tmp_path / "新.txt"))
    place.python(
        ERASE + f"leaving.leave(by=by, person={who}, day=make.days_ago(0))\n"
        f"leaving.forget(by=by, person={who})\n"
    )
    there, home = fresh_database(), place.folder / "恢复"
    done = place.restore(path, home, "--checkpoint", tmp_path / "新.txt", **there)
    assert "已经再次删除" in good(done)
    assert "比报存在外的校验点" in done.stderr
    assert "将被删除的人" not in whole(place, home, **there)["people"]
    # And goes on: the next backup, into the same folder, has the list that both keys signed.
    good(place.luoshi("backup", "--home", home, "--to", place.backups, **there))
    second, last = fresh_database(), place.folder / "再恢复"
    newest = place.packages()[-1]
    good(place.restore(newest, last, **second))
