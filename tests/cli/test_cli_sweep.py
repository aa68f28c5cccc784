"""``luoshi sweep`` on a deployment, and inside ``luoshi serve`` once however many workers."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = """
import django, json; django.setup()
from luoshi.office.supervision.models import SweepRun
from luoshi.office.journal.models import Entry
print(json.dumps([list(SweepRun.objects.values_list("state", flat=True)),
                  Entry.objects.filter(verb="sweep.begin").count()]))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    home = tmp_path_factory.mktemp("sweep") / "home"
    env = {k: v for k, v in os.environ.items() if k != "LUOSHI_DATABASE"} | {
        "LUOSHI_HOME": str(home), "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
    }  # fmt: skip
    luoshi(env, "init", "--office", "柳河街道办事处", check=True)
    return env


def luoshi(env, *arguments, check=False):
    command = [sys.executable, "-m", "luoshi.cli.main", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=check)


def runs(env):
    done = subprocess.run(
        [sys.executable, "-c", RUNS], env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_serve_sweeps_once_with_two_workers(place):
    (Path(place["LUOSHI_HOME"]) / "supervision.toml").write_text("hour = 0\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "luoshi.cli.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        "2",
    ]
    server = subprocess.Popen(command, env=place, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 90
        while time.monotonic() < end and runs(place)[0] != ["done"]:
            time.sleep(1)
        assert runs(place) == [["done"], 1]
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) in {0, -signal.SIGTERM}


def test_sweep_says_what_it_did_and_what_is_wrong(place):
    done = luoshi(place, "sweep")
    assert done.returncode == 0, done.stderr
    assert "柳河街道办事处" in done.stdout
    assert "送达督办单 0 张" in done.stdout
    path = Path(place["LUOSHI_HOME"]) / "supervision.toml"
    path.write_text("silent = 1\n")
    done = luoshi(place, "sweep")
    assert done.returncode == 2
    assert "silent" in done.stderr
    assert "7到365" in done.stderr
    path.unlink()


def test_without_a_deployment_it_says_what_to_do(place, tmp_path):
    done = luoshi(place, "sweep", "--home", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "luoshi init" in done.stderr
