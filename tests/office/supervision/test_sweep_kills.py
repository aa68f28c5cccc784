"""A sweep that is killed at any moment and run again, or run twice at once, serves each slip once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.databases import fresh_database

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ITEMS = 60


@pytest.fixture
def place(tmp_path):
    env = {k: v for k, v in os.environ.items() if k != "LUOSHI_DATABASE"} | {
        "LUOSHI_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **fresh_database(),
    }
    subprocess.run(worker("fill", str(ITEMS)), env=env, check=True)
    return env


def worker(*what):
    return [sys.executable, str(HERE / "sweep_worker.py"), *what]


def there(env):
    done = subprocess.run(worker("count"), env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def sound(found, *, whole):
    subjects = [slip[0] for slip in found["slips"]]
    assert len(subjects) == len(set(subjects)), "served twice"
    assert [slip[3] for slip in found["slips"]] == list(range(1, len(subjects) + 1))
    assert found["bad"] == []
    assert found["runs"] == ["done" if whole else found["runs"][0]]
    if whole:
        assert len(subjects) == ITEMS


def kill(env, mode, after):
    with subprocess.Popen(worker(mode), env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("inside"):
                break
            if mode == "sweep" and line.startswith("begun"):
                time.sleep(after)
                break
        process.send_signal(signal.SIGKILL)


def test_killed_between_two_slips_and_run_again(place):
    kill(place, "inside", 0)
    found = there(place)
    sound(found, whole=False)
    assert 0 < len(found["slips"]) < ITEMS
    assert found["runs"] == ["running"]
    subprocess.run(worker("sweep"), env=place, check=True, stdout=subprocess.DEVNULL)
    sound(there(place), whole=True)


def test_two_sweeps_at_once(place):
    both = [subprocess.Popen(worker("sweep"), env=place, stdout=subprocess.DEVNULL) for _ in "ab"]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    sound(there(place), whole=True)


@pytest.mark.soak
def test_killed_very_often(place):
    rng = random.Random(20261123)
    for turn in range(60):
        kill(place, "sweep", rng.uniform(0, 0.4))
        if turn % 10 == 9:
            sound(there(place), whole=False)
    subprocess.run(worker("sweep"), env=place, check=True, stdout=subprocess.DEVNULL)
    sound(there(place), whole=True)
    print("60 kills: every slip once, the journal verifies")
