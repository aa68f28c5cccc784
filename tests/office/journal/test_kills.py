"""kill -9 at any moment: what was acknowledged is there, nothing is there by half."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CHECK = """
import django, json; django.setup()
from luoshi.office.accounts.models import Unit
from luoshi.office.journal.verification import verify_database
verdict = verify_database()
names = list(Unit.objects.values_list("name", flat=True))
print(json.dumps({"names": names, "size": verdict.size, "bad": [t.words for t in verdict.troubles]}))
"""
MIGRATE = """
import django; django.setup()
from luoshi.cli.deployment import migrate
migrate()
from luoshi.office.accounts.actions.setup import create_office
from luoshi.office.journal.act import SYSTEM
create_office(by=SYSTEM, name="柳河街道办事处")
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    env = {k: v for k, v in os.environ.items() if k != "LUOSHI_DATABASE"} | {
        "LUOSHI_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    subprocess.run([sys.executable, "-c", MIGRATE], env=env, check=True)
    return env


def killed(env, mode, after):
    """Start the worker, kill it, and return the names it said were done."""
    command = [sys.executable, str(HERE / "kill_worker.py"), mode]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        said = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.split())
            if line.startswith("inside"):
                break
            if mode == "run" and len(said) == 1:
                time.sleep(after)
                break
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    said += [line.split() for line in rest.splitlines() if line.count("-") == 1]
    return [words[1] for words in said if words[0] == "done" and len(words) == 2]


def check(env):
    import json

    done = subprocess.run(
        [sys.executable, "-c", CHECK], env=env, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def nothing_lost(env, acknowledged):
    found = check(env)
    assert found["bad"] == []
    names = set(found["names"])
    for name in acknowledged:
        assert {f"{name}甲", f"{name}乙"} <= names
    for name in names:
        if name.endswith("甲"):
            assert f"{name[:-1]}乙" in names, "half an action"
    return found["size"]


def kill_often(env, inside, at_random, every):
    rng = random.Random(20261123)
    acknowledged = []
    for turn in range(inside + at_random):
        mode = "inside" if turn < inside else "run"
        acknowledged += killed(env, mode, rng.uniform(0, 0.15))
        if turn % every == every - 1:
            nothing_lost(env, acknowledged)
    size = nothing_lost(env, acknowledged)
    assert len(acknowledged) > inside
    assert size >= len(acknowledged)
    return len(acknowledged), size


def test_kill_between_the_first_write_and_commit_and_at_random(place):
    kill_often(place, 4, 6, 10)


@pytest.mark.soak
def test_kill_very_often(place):
    done, size = kill_often(place, 50, 150, 20)
    print(f"200 kills: {done} actions acknowledged, none lost; {size} entries, all verified")


def test_a_full_disk_gets_a_message_and_loses_nothing(place):
    script = (
        "import django, resource, signal; django.setup()\n"
        "from luoshi.office.examinations import storage\n"
        "from luoshi.office.journal.errors import Refused\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n    storage.store([b'%PDF-1.4' + b'x' * 200000], 'a.pdf', evidence=True)\n"
        "except Refused as refusal:\n    print(refusal.reasons[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=place, capture_output=True, text=True, check=True
    )
    assert "磁盘" in done.stdout
    in_database = (
        "import django, resource, signal; django.setup()\n"
        "from luoshi.office.accounts.actions.setup import create_office\n"
        "from luoshi.office.accounts.models import Office\n"
        "from luoshi.office.journal.act import SYSTEM\n"
        "from luoshi.office.journal.errors import Unavailable\n"
        "list(Office.objects.all())\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    create_office(by=SYSTEM, name='满', username='man')\n"
        "except Unavailable as refusal:\n    print(refusal.reasons[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", in_database], env=place, capture_output=True, text=True, check=True
    )
    assert "没有作任何改动" in done.stdout
    incoming = Path(place["LUOSHI_HOME"]) / "files" / "incoming"
    assert list(incoming.iterdir()) == []
    assert check(place)["bad"] == []


def test_a_locked_database_gets_a_message_and_loses_nothing(place):
    import sqlite3

    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from luoshi.office.accounts.actions.setup import create_office\n"
        "from luoshi.office.journal.act import SYSTEM\n"
        "from luoshi.office.journal.errors import Unavailable\n"
        "connection.cursor().execute('PRAGMA busy_timeout=100')\n"
        "try:\n    create_office(by=SYSTEM, name='锁', username='suo')\n"
        "except Unavailable as refusal:\n    print(refusal.reasons[0])\n"
    )
    holder = sqlite3.connect(Path(place["LUOSHI_HOME"]) / "luoshi.sqlite3", isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        done = subprocess.run(
            [sys.executable, "-c", script], env=place, capture_output=True, text=True, check=True
        )
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    assert "数据库正忙" in done.stdout
    assert check(place)["bad"] == []
