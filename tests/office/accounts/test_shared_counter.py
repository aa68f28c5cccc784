"""What the sign-in counts holds for all processes of the server: more workers are no more tries."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.databases import fresh_database
from tests.office.make import PASSWORD

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture
def run(tmp_path):
    """Run the worker in a new process on one database; return what it prints."""
    env = os.environ | {
        "LUOSHI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "LUOSHI_HOSTS": "testserver",
    } | fresh_database()  # fmt: skip

    def worker(*words):
        command = [sys.executable, str(HERE / "counter_worker.py"), *words]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    return worker


def test_wrong_passwords_in_several_processes_count_together(run):
    name = run("prepare")["name"]
    assert run("login", name, PASSWORD, "1", "1")["answers"] == [[302, False]]
    for machine in ("2", "3"):  # five each: neither process alone has seen ten
        tried = run("login", name, "wrong-password", "5", machine)["answers"]
        assert all(status != 302 for status, _ in tried)
    (status, said) = run("login", name, PASSWORD, "1", "4")["answers"][0]
    assert status in {200, 429}
    assert said
