"""Comparing a batch: what is kept, what goes wrong, and that one process does it once."""

import json
import os
import subprocess
import sys

import pytest
from tests.office.make import days_ago, save
from tests.office.review.review_rows import rows
from tests.office.review.reviewed import COPIED, compare, material, reviewed, second_of, text_of

from luoshi.core.review.figures import EDITION
from luoshi.office.examinations import storage
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.errors import NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.review import comparing as job
from luoshi.office.review import overlapping, pairs, queries, working
from luoshi.office.review.actions import batches, comparing, materials
from luoshi.office.review.models import (
    Comparison,
    Figures,
    Passage,
    Recurrence,
    Share,
    Submission,
)


@pytest.fixture
def held(world, settings, tmp_path):
    settings.FILES = tmp_path
    return reviewed(world, compared=False)


def test_a_copied_passage_is_found_with_its_words_on_both_sides(world, held):
    row = compare(world, held.batch)
    assert row.state == "done"
    assert set(row.drafts) == {d.pk for d in held.drafts.values()}
    pair = {held["责任人"].pk, held["同事"].pk}
    found = [p for p in Passage.objects.filter(comparison=row) if {p.one_id, p.other_id} == pair]
    assert found
    for p in found:
        assert COPIED[:40] in p.one.examination.text[p.one_start : p.one_end]
        assert COPIED[:40] in p.other.examination.text[p.other_start : p.other_end]
    known = Passage.objects.get(comparison=row, template=held.template)
    assert known.one_id == held["副主任"].pk
    share = Share.objects.get(comparison=row, draft=held["责任人"])
    assert len(COPIED) <= share.characters < 2 * len(COPIED)
    assert share.others >= 1


def test_what_is_counted_agrees_word_for_word(world, held):
    """A passage that was reworded counts what agrees, not all that lies between."""
    compare(world, held.batch)
    for p in Passage.objects.filter(exact=False):
        assert p.same < p.one_end - p.one_start
    whole = {d.pk: len("".join(d.examination.text.split())) for d in held.drafts.values()}
    for share in Share.objects.all():
        assert 0 <= share.characters <= whole[share.draft_id]


def test_figures_are_worked_out_once_for_a_text(world, held):
    compare(world, held.batch)
    first = set(Figures.objects.values_list("pk", flat=True))
    assert len(first) == len(held.drafts)
    compare(world, held.batch)
    assert set(Figures.objects.values_list("pk", flat=True)) == first
    for row in Figures.objects.select_related("examination"):
        assert row.edition == EDITION
        assert row.held["findings"] == queries.counts_of(row.examination.findings)


def test_last_year_s_problems(world, held):
    one = held["责任人"].submission
    one.previous = material(world, text_of("责任人").replace("2025", "2024"), "上一年.txt")
    save(one)
    row = compare(world, held.batch)
    again = Recurrence.objects.get(after=held["责任人"].examination)
    assert again.before == one.previous
    assert again.held["then"] == 3
    (line,) = [
        x for x in queries.lines(held.batch.pk, row, all_remarks=True) if x.submission.pk == one.pk
    ]
    assert line.recurring == 3
    assert line.still_empty == 1


def test_two_that_are_the_same_as_a_whole(world, held):
    twin = material(world, text_of("责任人").replace("。", "．"), "别人照抄.txt")
    draft = materials.add(by=world.clerk, batch=held.batch.pk, examination=twin.pk, name="别人")
    row = compare(world, held.batch)
    share = Share.objects.get(comparison=row, draft=draft)
    assert share.characters == len("".join(twin.text.split()))
    assert any(draft.pk in cluster for cluster in row.clusters)


def test_only_the_newest_drafts_are_compared_and_the_page_says_what_came_since(
    world, client_of, held
):
    row = compare(world, held.batch)
    one = Submission.objects.get(pk=held["责任人"].submission_id)
    second = material(world, second_of("责任人"), "二稿.txt")
    new = materials.follow(
        by=world.clerk, submission=one.pk, version=one.version, examination=second.pk
    )
    page = client_of(world.reviewer).get(f"/reviews/{held.batch.pk}").content.decode()
    assert "此后又收到 1 份新稿，还没有比对" in page
    row = compare(world, held.batch)
    assert new.pk in row.drafts
    assert held["责任人"].pk not in row.drafts


def test_an_earlier_batch_is_compared_with(world, held):
    earlier = batches.make(
        by=world.clerk, name="上一年的材料", meeting="上一年的会", held_on=None, reviewers=[]
    )
    old = material(world, "上一年的对照检查材料\n\n一、存在的问题\n1." + COPIED + "\n", "旧.txt")
    draft = materials.add(by=world.clerk, batch=earlier.pk, examination=old.pk, name="已调走的人")
    batch = held.batch
    batches.edit(by=world.clerk, batch=batch.pk, version=batch.version, name=batch.name, meeting=batch.meeting,
                 held_on=None, reviewers=[world.reviewer.pk], against=[earlier.pk])  # fmt: skip
    row = compare(world, batch)
    found = Passage.objects.filter(comparison=row, other=draft)
    assert {p.one_id for p in found} >= {held["责任人"].pk, held["同事"].pk}
    assert all(p.outside for p in found)
    assert draft.pk not in row.drafts
    shown = pairs.overview(row)
    assert any(pair.name == "上一年的材料：已调走的人" for pair in shown.references)


def test_a_file_that_is_gone_is_named_and_the_others_have_figures(world, held):
    storage.path_of(held["同事"].examination.file.sha256).unlink()
    row = compare(world, held.batch)
    assert row.state == "done"
    assert "同事：服务器上没有找到原文件" in row.trouble
    assert Figures.objects.count() == len(held.drafts) - 1


def test_a_file_that_reads_otherwise_gives_no_figures(world, held):
    one = held["同事"].examination
    one.text = one.text + "导入时多读了一句。\n"
    save(one)
    row = compare(world, held.batch)
    assert "同事：程序升级后读出的文字与导入时不同" in row.trouble
    assert not Figures.objects.filter(examination=one).exists()


def test_a_fault_is_written_down_and_another_one_may_be_asked_for(
    world, held, monkeypatch, client_of
):
    comparing.ask(by=world.clerk, batch=held.batch.pk)
    monkeypatch.setattr(job, "overlap", lambda *_: 1 / 0)
    (row,) = job.run_waiting()
    assert (row.state, row.trouble) == ("failed", job.FAULT)
    page = client_of(world.clerk).get(f"/reviews/{held.batch.pk}").content.decode()
    assert "上一次比对没有算成" in page
    monkeypatch.undo()
    comparing.ask(by=world.clerk, batch=held.batch.pk)
    assert [r.state for r in job.run_waiting()] == ["done"]


def test_one_at_a_time(world, held):
    asked = comparing.ask(by=world.clerk, batch=held.batch.pk)
    with pytest.raises(Stale, match="已经在等待"):
        comparing.ask(by=world.reviewer, batch=held.batch.pk)
    comparing.begin(by=SYSTEM, comparison=asked.pk)
    with pytest.raises(Stale, match="别的进程"):
        comparing.begin(by=SYSTEM, comparison=asked.pk)
    assert job.run_waiting() == []
    asked.refresh_from_db()
    asked.started_at = clock.now() - 2 * comparing.DEAD_AFTER
    save(asked)
    again = comparing.ask(by=world.reviewer, batch=held.batch.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert again.state == "waiting"
    # The one that was given up comes back too late.
    with pytest.raises(Stale, match="已经作废"):
        comparing.keep(by=SYSTEM, comparison=asked.pk, passages=[], shares=[],
                       found={"drafts": [], "templates": [], "clusters": [], "trouble": []})  # fmt: skip


def test_who_may_ask(world, elsewhere, held):
    for by in (world.owner, world.head, elsewhere.clerk):
        with pytest.raises(NotFound):
            comparing.ask(by=by, batch=held.batch.pk)
    empty = batches.make(by=world.clerk, name="空批次", meeting="会议", held_on=None, reviewers=[])
    with pytest.raises(Refused, match="还没有材料"):
        comparing.ask(by=world.clerk, batch=empty.pk)
    assert not Comparison.objects.exists()


def test_a_comparison_is_five_entries_however_many_passages(world, held):
    before = Entry.objects.count()
    compare(world, held.batch)
    assert Entry.objects.count() - before == 4  # ask, begin, figures, result
    assert Passage.objects.count() > 3


def test_nothing_is_started_where_it_is_switched_off(monkeypatch, settings):
    started = []
    monkeypatch.setattr(working.subprocess, "Popen", lambda *a, **k: started.append(a))
    settings.BACKGROUND = False
    working.start()
    assert not started
    settings.BACKGROUND = True
    working.start()
    assert started[0][0][1:4] == ["-m", "luoshi.cli.main", "review"]


def test_the_command_does_what_waits(tmp_path):
    """On a deployment of its own, as `serve` starts it."""
    environment = os.environ | {"LUOSHI_HOME": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("LUOSHI_DATABASE", None)

    def run(*words):
        return subprocess.run([sys.executable, "-m", "luoshi.cli.main", *words], env=environment,
                              capture_output=True, text=True, check=False)  # fmt: skip

    assert run("review").returncode == 2
    assert run("init", "--office", "柳河街道办事处").returncode == 0
    done = run("review")
    assert (done.returncode, done.stdout) == (0, "没有等待比对的批次。\n")


def test_a_table_of_many_shows_those_that_share_most(world, monkeypatch):
    held = rows(world)
    monkeypatch.setattr(pairs, "TABLE_MOST", 1)
    shown = pairs.overview(held.done)
    assert len(shown.rows) == 1
    assert shown.left_out == 1
    assert json.dumps(shown.clusters, default=str)


def test_days_are_told_in_words(world, client_of, held):
    batch = held.batch
    assert batch.held_on == days_ago(-20)
    assert "开会" in client_of(world.reviewer).get("/").content.decode()


def test_too_many_passages_are_cut_and_said(world, held, monkeypatch):
    whole = compare(world, held.batch)
    before = dict(Share.objects.filter(comparison=whole).values_list("draft_id", "characters"))
    monkeypatch.setattr(overlapping, "PASSAGES_MOST", 2)
    row = compare(world, held.batch)
    kept = Passage.objects.filter(comparison=row)
    assert len(kept) == 2
    least = min(p.same for p in kept)
    left = Passage.objects.filter(comparison=whole).order_by("same").first()
    assert left.same <= least
    assert "只保留了字数最多的2处" in row.trouble
    assert (
        dict(Share.objects.filter(comparison=row).values_list("draft_id", "characters")) == before
    )


def test_one_that_nobody_started_may_be_asked_for_anew(world, client_of, held):
    asked = comparing.ask(by=world.clerk, batch=held.batch.pk)
    client = client_of(world.clerk)
    assert "开始比对" not in client.get(f"/reviews/{held.batch.pk}").content.decode()
    asked.asked_at = clock.now() - 2 * comparing.DEAD_AFTER
    save(asked)
    assert "开始比对</button>" in client.get(f"/reviews/{held.batch.pk}").content.decode()
    assert client.post(f"/reviews/{held.batch.pk}/compare").status_code == 303
    asked.refresh_from_db()
    assert asked.state == "failed"
