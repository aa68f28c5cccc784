"""A pack's file is opened with suspicion; the folder of packs changes wholly or not at all."""

import io
import os
import stat
import struct
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pack_maker import MEETING, YEAR, whole, zipped

from luoshi.core import knowledge
from luoshi.core.packs.model import PackError
from luoshi.engines.packs import store
from luoshi.engines.packs.archive import MOST_BYTES, of_bytes, to_bytes


@pytest.fixture(autouse=True)
def nothing_added():
    knowledge.add({})
    yield
    knowledge.add({})


def test_the_same_files_are_the_same_bytes():
    assert zipped() == zipped()
    assert of_bytes(zipped()).name == "year-2027"


def refused(data, words):
    with pytest.raises(PackError, match=words):
        of_bytes(data)


def archive(**entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in whole().items():
            target.writestr(name, data)
        for info, data in entries.values():
            target.writestr(info, data)
    return made.getvalue()


def test_a_bomb_is_not_unpacked():
    refused(archive(a=("outlines/a.toml", b" " * (64 * 1024 * 1024))), "太大")
    many = {f"x{n}": (f"outlines/a{n}.toml", b" " * 400_000) for n in range(30)}
    refused(archive(**many), "太大")
    refused(archive(**{f"x{n}": (f"outlines/a{n}.toml", b"") for n in range(80)}), "太多")
    refused(b"PK" + b" " * MOST_BYTES, "太大")


def test_a_bomb_that_lies_about_its_size():
    data = bytearray(archive(a=("outlines/a.toml", b" " * (8 * 1024 * 1024))))
    size = struct.pack("<L", 8 * 1024 * 1024)
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = struct.pack("<L", 10)
    with pytest.raises(PackError):
        of_bytes(bytes(data))


@pytest.mark.parametrize(
    "name",
    ["../x.toml", "/etc/passwd", "workdays/../../x.toml", "outlines\\a.toml", "outlines/", "x.toml",
     "outlines/中.toml", "OUTLINES/a.toml", "outlines/a.toml\n", "outlines/a.toml.exe"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere(name):
    refused(archive(a=(zipfile.ZipInfo(name), b"")), "不应当有的文件")


def test_a_link_a_password_and_a_name_twice():
    link = zipfile.ZipInfo("outlines/a.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(archive(a=(link, b"/etc/passwd")), "链接")
    data = bytearray(zipped())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = data.find(mark)
        data[start + place] |= 1
    refused(bytes(data), "密码")
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = archive(a=("workdays/2027.toml", YEAR.encode()))
    refused(twice, "两个")


def test_a_list_that_is_cut_or_altered():
    data = zipped()
    for length in range(0, len(data), 37):
        with pytest.raises(PackError):
            of_bytes(data[:length])
    for place in range(0, len(data) - 1, 11):
        changed = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        try:
            pack = of_bytes(changed)
        except PackError:
            continue
        assert pack == of_bytes(data)  # a time stamp or the like, nothing that says anything


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data):
    with pytest.raises(PackError):
        of_bytes(data)


def put(folder, data, key=""):
    pack = of_bytes(data)
    store.require_acceptable(folder, pack, key)
    store.appear(store.stage(folder, pack.name, data), folder, pack.name)


def test_a_newer_version_takes_the_place_and_the_older_can_come_back(tmp_path):
    folder = tmp_path / "packs"
    put(folder, zipped())
    with pytest.raises(PackError, match="已经导入过"):
        put(folder, zipped())
    newer = zipped(
        {"workdays/2027.toml": YEAR.replace("[2027-02-20, ", "[2027-02-21, ")}, version=2
    )
    put(folder, newer)
    (found,) = store.installed(folder)
    assert (found.pack.version, found.has_previous) == (2, True)
    with pytest.raises(PackError, match="只能导入更新的版本"):
        put(folder, zipped())
    store.remove(folder, "year-2027", back=True)
    (found,) = store.installed(folder)
    assert (found.pack.version, found.has_previous) == (1, False)
    with pytest.raises(PackError, match="没有保留上一版"):
        store.remove(folder, "year-2027", back=True)
    store.remove(folder, "year-2027", back=False)
    assert store.installed(folder) == []
    with pytest.raises(PackError, match="没有“year-2027”"):
        store.remove(folder, "year-2027", back=False)


def test_two_packs_do_not_say_the_same_thing_differently(tmp_path):
    put(tmp_path, zipped({"workdays/2027.toml": YEAR}))
    with pytest.raises(PackError, match="请先删去一个"):
        put(tmp_path, zipped({"workdays/2027.toml": YEAR}, name="other"))
    put(tmp_path, zipped({"outlines/2026-test-meeting.toml": MEETING}, name="other"))
    assert store.take_up(tmp_path) == []
    assert set(knowledge.added()) == {"workdays/2027", "outlines/2026-test-meeting"}


def test_a_pack_that_is_spoilt_later_is_named_and_left_out(tmp_path):
    put(tmp_path, zipped({"workdays/2027.toml": YEAR}))
    put(tmp_path, zipped({"outlines/2026-test-meeting.toml": MEETING}, name="other"))
    (tmp_path / "year-2027.zip").write_bytes(b"spoilt")
    (trouble,) = store.take_up(tmp_path)
    assert "year-2027" in trouble
    assert set(knowledge.added()) == {"outlines/2026-test-meeting"}
    (tmp_path / "other.zip").rename(tmp_path / "renamed.zip")
    assert len(store.take_up(tmp_path)) == 2
    assert knowledge.added() == {}


def test_a_signed_pack_is_followed_by_one_of_the_same_signer(tmp_path):
    from tests.core.packs.test_packs_read import keys

    from luoshi.core.packs.read import LIST, SIGNATURE
    from luoshi.core.packs.signature import sign

    def signed(number, **head):
        files = whole({"workdays/2027.toml": YEAR}, **head)
        return to_bytes(files | {SIGNATURE: sign(files[LIST], *keys(number))})

    with pytest.raises(PackError, match="没有签名"):
        put(tmp_path, zipped(), keys(1)[0])
    with pytest.raises(PackError, match="不是用所写的公钥"):
        put(tmp_path, signed(2), keys(1)[0])
    put(tmp_path, signed(1), keys(1)[0])
    for data in (signed(2, version=2), zipped({"workdays/2027.toml": YEAR}, version=2)):
        with pytest.raises(PackError, match="不是同一个单位"):
            put(tmp_path, data)
    put(tmp_path, signed(1, version=2))


def test_who_reads_while_a_pack_is_replaced_sees_one_version_or_the_other(tmp_path):
    one, two = zipped(), zipped(version=2)
    put(tmp_path, one)
    seen, stop = set(), threading.Event()

    def look():
        while not stop.is_set():
            (found,) = store.installed(tmp_path)
            seen.add(found.pack.version if found.pack else found.trouble)

    thread = threading.Thread(target=look)
    thread.start()
    for _ in range(30):
        put(tmp_path, two)
        store.remove(tmp_path, "year-2027", back=True)
    stop.set()
    thread.join()
    assert seen <= {1, 2}


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    put(tmp_path, zipped())
    before = sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir())

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, zipped(version=2))
    assert sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir()) == before


def known_outlines(path):
    """What a worker is asked: which outlines it knows."""
    from luoshi.core.material.outline import ids

    return [path.name, *ids()]


def test_the_workers_know_what_was_imported(tmp_path):
    from luoshi.engines.bounded import BoundedPool

    put(tmp_path, zipped())
    store.take_up(tmp_path)
    with BoundedPool(workers=2) as pool:
        found = [r.value for r in pool.map(f"{__name__}:known_outlines", [tmp_path, tmp_path])]
    assert all("2026-test-meeting" in names for names in found)
