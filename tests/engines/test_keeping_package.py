"""Packages: whole or refused. Every cut, every altered byte, every stray member is found."""

import io
import json
import tarfile

import pytest

from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import LIST, unpack, writing

PASSPHRASE = "一二三四五六七八九十甲乙"


@pytest.fixture
def made(tmp_path):
    """Return a function that makes a package of two files."""
    (tmp_path / "a").write_bytes(b"first" * 100)
    (tmp_path / "b").write_bytes(b"")

    def make(name="p.tar", passphrase=None):
        with writing(tmp_path / name, passphrase) as writer:
            writer.add("files/aa/a", tmp_path / "a")
            writer.add("keys/b", tmp_path / "b")
            writer.close({"of": "test"})
        return tmp_path / name

    return make


def out(path, folder, passphrase=PASSPHRASE):
    folder.mkdir()
    return unpack(path, folder, lambda: passphrase)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_there_and_back(made, tmp_path, passphrase):
    path = made(passphrase=passphrase)
    held = out(path, tmp_path / "out")
    assert held["of"] == "test"
    assert (tmp_path / "out/files/aa/a").read_bytes() == b"first" * 100
    assert (tmp_path / "out/keys/b").stat().st_mode & 0o777 == 0o600
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_cut_package_is_refused(made, tmp_path, passphrase):
    data = made(passphrase=passphrase).read_bytes()
    # The two empty blocks at the end of a tar, and what pads them, hold nothing.
    end = len(data) if passphrase else data.rindex(b"}") + 1
    for number, cut in enumerate(range(0, end, end // 12)):
        (tmp_path / "cut").write_bytes(data[:cut])
        with pytest.raises(KeepingError):
            out(tmp_path / "cut", tmp_path / f"out{number}")


def test_altered_content_and_list_are_refused(made, tmp_path):
    data = made().read_bytes()
    for number, (old, new) in enumerate(
        [(b"firstfirst", b"firstfirsT"), (b'"size": 500', b'"size": 501'), (b'"form": 1', b'"form": 2'),
         (b"keys/b", b"keys/c"), (b'"members"', b'"mEmbers"')]
    ):  # fmt: skip
        assert old in data
        (tmp_path / "altered").write_bytes(data.replace(old, new, 1))
        with pytest.raises(KeepingError):
            out(tmp_path / "altered", tmp_path / f"out{number}")


def stray(name, kind=tarfile.REGTYPE, link=""):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, link
        tar.addfile(info)
        listed = json.dumps({"form": 1, "members": {}}).encode()
        last = tarfile.TarInfo(LIST)
        last.size = len(listed)
        tar.addfile(last, io.BytesIO(listed))
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [stray("../out-of-it"), stray("/etc/x"), stray("a/../../b"), stray("a", tarfile.SYMTYPE, "/etc"),
     stray("a", tarfile.LNKTYPE, "b"), stray(".hidden"), stray("a", tarfile.DIRTYPE), b"", b"PK\3\4" * 400],
)  # fmt: skip
def test_nothing_lands_outside_the_folder(tmp_path, data):
    (tmp_path / "p").write_bytes(data)
    with pytest.raises(KeepingError):
        out(tmp_path / "p", tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "p"]
    assert not any((tmp_path / "out").iterdir())


def test_another_file_is_never_overwritten(made):
    path = made()
    before = path.read_bytes()
    with pytest.raises(KeepingError, match="已经有了"):
        made()
    assert path.read_bytes() == before


def test_a_failure_leaves_no_half_made_package(tmp_path):
    def fail():
        with writing(tmp_path / "x.tar", None) as writer:
            writer.add("a", tmp_path / "nothing")

    with pytest.raises(FileNotFoundError):
        fail()
    assert not list(tmp_path.glob("x.tar*"))
