"""``luoshi demo --office``: a year is played, every role signs in, and nothing else is touched."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.cli.demo_office import _FIRST
from luoshi.core.supervision import slips
from luoshi.core.workflow import table

LUOSHI = str(Path(sys.executable).with_name("luoshi"))
_LOOK = """
import django, json
django.setup()
from collections import Counter
from luoshi.office.accounts.models import Office, User
from luoshi.office.journal.models import Checkpoint, Entry
from luoshi.office.ledger.models import Change, Commitment, Evidence, Objection, Relapse
from luoshi.office.supervision.models import Slip, SweepRun
values = lambda model, name: sorted(set(model.objects.values_list(name, flat=True)))
print(json.dumps({
    "offices": values(Office, "name"), "accounts": values(User, "username"),
    "states": Counter(Commitment.objects.values_list("state", flat=True)),
    "slips": values(Slip, "state"), "colours": values(Slip, "colour"),
    "changes": values(Change, "state"), "evidence": values(Evidence, "kind"),
    "objections": values(Objection, "result"), "relapses": Relapse.objects.count(),
    "missed": SweepRun.objects.filter(state="missed").count(),
    "runs": SweepRun.objects.filter(state="done").count(), "entries": Entry.objects.count(),
    "notes": list(Checkpoint.objects.values_list("note", flat=True)),
    "first": str(Entry.objects.order_by("number")[0].time.date()),
}))
"""


def run(*command, cwd, **more):
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("LUOSHI_", "DJANGO_"))
    } | more
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True,
                          timeout=600, check=False)  # fmt: skip


@pytest.fixture(scope="session")
def shown(tmp_path_factory):
    """The demonstration, made where another deployment's settings are in the environment."""
    here = tmp_path_factory.mktemp("demo")
    other = {"LUOSHI_HOME": str(here / "other"), "LUOSHI_DATABASE": "postgresql://nobody@nowhere/x",
             "LUOSHI_ORIGIN": "of.somebody/else"}  # fmt: skip
    done = run(LUOSHI, "demo", "--office", cwd=here, ONCE="1", **other)
    return here, done


@pytest.fixture(scope="session")
def held(shown):
    here, _ = shown
    place = {
        "LUOSHI_HOME": str(here / "out/office"),
        "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
    }
    return json.loads(run(sys.executable, "-c", _LOOK, cwd=here, **place).stdout.splitlines()[-1])


def test_it_checks_itself_and_ends(shown):
    _, done = shown
    assert done.returncode == 0, done.stderr[-2000:]
    assert "演示单位自检通过" in done.stdout
    assert "有不对的" not in done.stdout
    for name, (role, _) in _FIRST.items():
        assert f"{role}（{name}）打开了：今天" in done.stdout


def test_there_is_something_to_see_of_everything(held):
    assert set(held["states"]) == set(table.states())
    assert sum(held["states"].values()) >= 65
    assert held["colours"] == ["blue", "red", "yellow"]
    assert set(held["slips"]) >= {"served", "answered", "closed", "archived"}
    assert set(held["slips"]) <= set(slips.states())
    assert {"approved", "refused", "open"} <= set(held["changes"])
    assert set(held["evidence"]) >= {"photo", "count", "visit", "decision", "call"}
    assert {"upheld", "dismissed"} <= set(held["objections"])
    assert held["relapses"] >= 2
    assert held["missed"] == 4
    assert held["runs"] >= 355
    assert set(held["accounts"]) == set(_FIRST)


def test_it_has_a_log_of_its_own(held):
    assert held["offices"] == ["江州市望山区云澜街道办事处（演示）"]
    assert held["notes"]
    assert all(note.startswith("luoshi.demo/") for note in held["notes"])


def test_a_folder_of_somebody_else_stays_as_it_is(tmp_path):
    other = tmp_path / "out" / "office"
    run(LUOSHI, "init", "--home", str(other), "--office", "真单位", cwd=tmp_path)
    before = (other / "luoshi.sqlite3").read_bytes()
    done = run(LUOSHI, "demo", "--office", cwd=tmp_path, ONCE="1")
    assert done.returncode != 0
    assert "不是演示数据" in done.stderr
    assert (other / "luoshi.sqlite3").read_bytes() == before


def test_a_demonstration_that_is_being_served_is_not_removed(tmp_path):
    office = tmp_path / "out" / "office"
    (office / "keys").mkdir(parents=True)
    (office / "keys" / "origin").write_text("luoshi.demo/abc")
    with (office / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        done = run(LUOSHI, "demo", "--office", cwd=tmp_path, ONCE="1")
    assert done.returncode != 0
    assert "还在运行" in done.stderr
    assert (office / "keys" / "origin").exists()


def test_only_the_demonstration_plays_with_the_clock():
    source = Path(__file__).resolve().parents[2] / "src" / "luoshi"
    users = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "clock.played(" in path.read_text("utf-8")
    ]
    assert users
    assert all(name.startswith("office/demo/") for name in users)


def test_the_year_is_played_into_an_empty_deployment_alone(tmp_path):
    home = tmp_path / "home"
    run(LUOSHI, "init", "--home", str(home), "--office", "真单位", cwd=tmp_path)
    script = (
        "import django; django.setup()\n"
        "from luoshi.office.demo.year import build\n"
        "from luoshi.office.journal.errors import Refused\n"
        "try:\n    build('xxxxxxxxxx')\nexcept Refused as refusal:\n    print(refusal.reasons[0])\n"
    )
    place = {"LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings"}
    done = run(sys.executable, "-c", script, cwd=tmp_path, **place)
    assert "专供演示" in done.stdout
