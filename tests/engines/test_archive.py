"""An archive on disk: what it finds, what it survives, what it refuses."""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.overlap import DEFAULTS, Corpus, compare
from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.texts import widened
from luoshi.engines.archive import ArchiveError, Document, changing, open_archive
from luoshi.engines.archive.manifest import NAME

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from overlap_make import PROSE, batch  # noqa: E402  # lies beside the benchmarks

COPIED = (
    "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
    "我当场给房管站打了电话，却没有再问结果，五月老人又打来热线，才知道维修款一直没有批下来。"
)
OTHER = "窗口排队的事拖了一个季度，我只在会上提过一次，没有到大厅坐过班，也没有看过叫号的记录。"


@pytest.fixture
def archive(tmp_path):
    return open_archive(tmp_path / "库", create=True)


def as_compared(archive, text):
    """Return what comparing everything finds, on the archive's basis."""
    names = [name for name, _ in archive.documents()]
    kept = [archive.stored[s].text(n) for s, n in (archive._places[name] for name in names)]
    corpus = Corpus.of([fold(one) for one in [*kept, text]])
    found = compare(corpus, tuning=archive.tuning, basis=archive.basis, first_of_new=len(names))
    out = []
    for one in found:
        of_kept, of_text = places(kept[one.a]), places(text)
        spans = (
            widened(kept[one.a], int(of_kept[one.a_start]), int(of_kept[one.a_end - 1]) + 1),
            widened(text, int(of_text[one.b_start]), int(of_text[one.b_end - 1]) + 1),
        )
        out.append((names[one.a], *spans, one.covered, one.bits))
    return sorted(out)


def as_asked(archive, text):
    found = archive.query(text)
    return sorted((m.id, m.kept_span, m.span, m.covered, m.bits) for m in found)


def test_what_is_shared_with_a_kept_document(archive):
    assert archive.add([Document("甲", f"第一份。{COPIED}此后每周去。", "2024-12-30"),
                        Document("乙", OTHER)]) == 2  # fmt: skip
    text = f"今年写的。{COPIED}"
    (one,) = archive.query(text)
    assert (one.id, one.dated, one.kept_text, text[slice(*one.span)]) == (
        "甲", "2024-12-30", COPIED, COPIED,
    )  # fmt: skip
    assert one.is_exact
    assert archive.query(text, without=["甲"]) == []
    assert archive.query("") == archive.query("好") == []


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1_000), st.data())
def test_asking_finds_what_comparing_everything_finds(tmp_path_factory, seed, data):
    folder = tmp_path_factory.mktemp("archive")
    prose = PROSE[data.draw(st.sampled_from(list(PROSE)))]
    texts, _ = batch(24, 700, 4, seed, prose)
    names = list(texts)
    new = texts[names.pop()]
    archive = open_archive(folder, create=True)
    rng = random.Random(seed)
    while names:
        some = [names.pop() for _ in range(min(len(names), rng.choice((1, 1, 2, 9))))]
        archive.add([Document(name, texts[name]) for name in some])
        if rng.random() < 0.2:
            archive.remove([rng.choice([name for name, _ in archive.documents()])])
    assert as_asked(archive, new) == as_compared(archive, new)
    again = open_archive(folder)
    assert as_asked(again, new) == as_asked(archive, new)


def test_files_grow_together_and_nothing_is_left_over(archive):
    texts, _ = batch(90, 300, 2, 3)
    for name, text in texts.items():
        archive.add([Document(name, text)])
    assert {name for name, _ in archive.documents()} == set(texts)
    assert len(archive.stored) < 2 * changing._MANY
    wanted = {p.file for p in [*archive.manifest.segments, archive.manifest.basis]} | {NAME, "lock"}
    assert {path.name for path in archive.folder.iterdir()} == wanted
    archive.check()
    assert all(archive.stored[s].text(n) == texts[name] for name, (s, n) in archive._places.items())


def test_the_same_again_changes_nothing_and_a_new_text_takes_its_place(archive):
    archive.add([Document("甲", COPIED), Document("乙", OTHER)])
    before = (archive.folder / NAME).read_text("utf-8")
    assert archive.add([Document("甲", COPIED)]) == 0
    assert (archive.folder / NAME).read_text("utf-8") == before
    assert archive.add([Document("甲", "改写成了另一件事。")]) == 1
    assert len(archive) == 2
    assert archive.query(COPIED) == []


def test_a_removed_document_is_erased(archive):
    archive.add([Document("甲", COPIED), Document("乙", OTHER)])
    assert archive.remove(["甲", "没有这份"]) == 1
    assert [name for name, _ in archive.documents()] == ["乙"]
    assert archive.query(COPIED) == []
    kept = b"".join(path.read_bytes() for path in archive.folder.glob("*.documents"))
    assert fold(COPIED).tobytes() not in kept
    assert archive.remove(["乙"]) == 1
    assert len(open_archive(archive.folder)) == 0
    assert archive.add([Document("丙", COPIED)]) == 1
    assert [m.id for m in archive.query(COPIED)] == ["丙"]


def test_a_large_archive_lies_in_several_files(archive, monkeypatch):
    monkeypatch.setattr(changing, "LARGEST", 3_000)
    texts, _ = batch(30, 500, 4, 5)
    *kept, (_, new) = texts.items()
    archive.add([Document(name, text) for name, text in kept])
    assert len(archive.stored) > 3
    assert all(part.units <= 3_001 for part in archive.manifest.segments)
    assert as_asked(archive, new) == as_compared(archive, new)


# --- what may go wrong -------------------------------------------------------------------------


def test_no_archive(tmp_path):
    with pytest.raises(ArchiveError, match="不是比对库"):
        open_archive(tmp_path / "没有")
    (tmp_path / "照片.jpg").write_bytes(b"x")
    with pytest.raises(ArchiveError, match="已有别的文件"):
        open_archive(tmp_path, create=True)
    (tmp_path / NAME).write_text('{"format": "other"}', encoding="utf-8")
    with pytest.raises(ArchiveError, match="不是比对库的目录"):
        open_archive(tmp_path)
    with pytest.raises(ArchiveError, match="不能在"):
        open_archive(tmp_path / "照片.jpg" / "库", create=True)


def test_another_version_is_refused(archive):
    path = archive.folder / NAME
    record = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(record | {"version": 99}), encoding="utf-8")
    with pytest.raises(ArchiveError, match="另一个版本"):
        open_archive(archive.folder)


def damaged(path, how):
    data = bytearray(path.read_bytes())
    if how == "cut":
        path.write_bytes(data[:-9])
    elif how == "gone":
        path.unlink()
    else:
        data[len(data) // 2] ^= 1
        path.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "gone", "changed"])
@pytest.mark.parametrize("which", ["*.documents", NAME, "*.basis"])
def test_damage_is_noticed(archive, which, how):
    archive.add([Document("甲", COPIED), Document("乙", OTHER)])
    (path,) = archive.folder.glob(which)
    damaged(path, how)
    with pytest.raises(ArchiveError, match=r"损坏|不是比对库"):
        open_archive(archive.folder).check()


@pytest.mark.parametrize("at", ["write_arrays", "manifest"])
def test_a_full_disk_loses_nothing(archive, monkeypatch, at):
    archive.add([Document("甲", COPIED)])

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        "luoshi.engines.archive.segments.write_arrays" if at == "write_arrays"
        else "luoshi.engines.archive.manifest.write_text", full,
    )  # fmt: skip
    with pytest.raises(ArchiveError, match="原有的材料没有变"):
        archive.add([Document("乙", OTHER)])
    monkeypatch.undo()
    again = open_archive(archive.folder)
    assert [name for name, _ in again.documents()] == ["甲"]
    assert again.add([Document("乙", OTHER)]) == 1


def test_a_folder_that_may_not_be_written_is_said(archive, monkeypatch):
    archive.add([Document("甲", COPIED)])

    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("luoshi.engines.archive.files.os.open", refused)
    with pytest.raises(ArchiveError, match="检查权限"):
        archive.add([Document("乙", OTHER)])
    monkeypatch.undo()
    assert [name for name, _ in open_archive(archive.folder).documents()] == ["甲"]


def adding(folder):
    archive = open_archive(Path(folder))
    for number in range(10_000):
        archive.add([Document(f"新{number}", COPIED + OTHER * (number % 7))])


def test_killed_at_any_time_it_opens_again(archive):
    archive.add([Document("甲", COPIED)])
    context = multiprocessing.get_context("fork")
    for wait in (0.05, 0.11, 0.2, 0.37):
        process = context.Process(target=adding, args=(str(archive.folder),))
        process.start()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        again = open_archive(archive.folder)
        again.check()
        assert "甲" in again
        assert again.add([Document(f"后{wait}", OTHER)]) == 1
        assert all(again.stored[s].text(n) for s, n in again._places.values())


def test_one_writer_at_a_time(archive):
    archive.add([Document("甲", COPIED)])
    with archive._changing(), pytest.raises(ArchiveError, match="正由另一个程序改动"):
        open_archive(archive.folder).add([Document("乙", OTHER)])


def test_what_another_has_added_in_the_meantime_stays(archive):
    other = open_archive(archive.folder)
    archive.add([Document("甲", COPIED)])
    other.add([Document("乙", OTHER)])
    assert {name for name, _ in open_archive(archive.folder).documents()} == {"甲", "乙"}


def test_a_reader_is_not_disturbed_by_a_writer(archive):
    archive.add([Document("甲", COPIED)])
    reader = open_archive(archive.folder)
    for number in range(20):
        archive.add([Document(f"新{number}", OTHER * (number + 1))])
    assert [m.id for m in reader.query(COPIED)] == ["甲"]


def test_other_settings_are_kept_apart(tmp_path):
    archive = open_archive(tmp_path / "库", create=True, tuning=replace(DEFAULTS, least=1e9))
    archive.add([Document("甲", COPIED)])
    assert archive.query(COPIED) == []
