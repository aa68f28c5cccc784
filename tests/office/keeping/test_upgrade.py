"""A change of the tables is preceded by a backup, and undone when it fails."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest
from tests.office.keeping.test_backup_restore import whole

#: A second version of the program: the same with two more changes of one table.
GOOD = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("axes", "0001_initial")]
    operations = [migrations.RunSQL("CREATE TABLE upgrade_trial (id integer)")]
"""
BAD = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("web", "9001_trial")]
    operations = [migrations.RunSQL("DROP TABLE upgrade_trial"),
                  migrations.RunSQL("DELETE FROM accounts_user"),
                  migrations.RunSQL("SELECT * FROM there_is_no_such_table")]
"""


@pytest.fixture
def newer(place, tmp_path):
    """Return environment under which the program has further changes of the audit's tables."""
    changes = tmp_path / "newer_version"
    changes.mkdir()
    (changes / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "newer_settings.py").write_text(
        "from luoshi.web.settings import *\nMIGRATION_MODULES = {'web': 'newer_version'}\n",
        encoding="utf-8",
    )

    def with_changes(*names):
        texts = {"9001_trial": GOOD, "9002_fails": BAD}
        for name in names:
            (changes / f"{name}.py").write_text(texts[name], encoding="utf-8")
        path = f"{tmp_path}:{place.env['PYTHONPATH']}"
        return {"DJANGO_SETTINGS_MODULE": "newer_settings", "PYTHONPATH": path}

    return with_changes


def test_a_backup_is_made_before_and_said(place, newer):
    before = whole(place, place.home)
    done = place.luoshi("upgrade", **newer("9001_trial"))
    assert done.returncode == 0, done.stderr
    assert "更新前的备份" in done.stdout
    (kept,) = (place.home / "before-upgrade").glob("*.tar")
    assert whole(place, place.home) == before
    again = place.luoshi("upgrade", **newer("9001_trial"))
    assert (again.returncode, again.stdout) == (0, "数据库已经是这个版本的，不需要更新。\n")
    home = place.folder / "退回"
    assert place.restore(kept, home).returncode == 0


def test_a_change_that_fails_is_undone_with_all_before_it(place, newer):
    """The first of the two changes succeeds, so a rollback of one transaction would not do."""
    before = whole(place, place.home)
    environment = newer("9001_trial", "9002_fails")
    for command in (["upgrade"], ["serve", "--port", "1"]):
        done = place.luoshi(*command, **environment)
        assert done.returncode == 2
        assert "已经退回更新以前的样子" in done.stderr
        assert "Traceback" not in done.stderr
    assert whole(place, place.home) == before
    tables = place.python(
        "from django.db import connection; print(connection.introspection.table_names())"
    )
    assert "upgrade_trial" not in tables
    assert "accounts_user" in tables
    assert place.backup()


def test_without_room_for_the_backup_nothing_is_changed(place, newer):
    (place.home / "before-upgrade").write_text("in the way", encoding="utf-8")
    before = whole(place, place.home)
    done = place.luoshi("upgrade", **newer("9001_trial"))
    assert done.returncode == 2
    assert "备份没有成功" in done.stderr
    assert whole(place, place.home) == before


def start(place, port, **environment):
    server = subprocess.Popen(
        [sys.executable, "-m", "luoshi.cli.main", "serve", "--port", str(port)],
        env=place.env | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                assert answer.read() == b'{"status": "ok"}'
                return server
        except OSError:
            assert server.poll() is None
            time.sleep(0.2)
    end(server)
    raise AssertionError("the server does not answer")


def end(server):
    """End a server and its workers, whatever state they are in."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(20)


@pytest.fixture
def port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_no_change_while_somebody_serves(place, newer, port):
    server = start(place, port)
    try:
        done = place.luoshi("upgrade", **newer("9001_trial"))
        assert done.returncode == 2
        assert "正在运行" in done.stderr
    finally:
        server.terminate()
        assert server.wait(60) == 0
        end(server)
    assert place.luoshi("upgrade", **newer("9001_trial")).returncode == 0


@pytest.mark.skipif(
    os.environ.get("LUOSHI_TESTS_ON") == "postgresql", reason="holds the SQLite file"
)
def test_a_request_in_hand_is_answered_before_the_end(place, port):
    """A sign-in waits for the database when SIGTERM comes; it is answered, then the server ends."""
    import http.client
    import re
    import threading
    import urllib.parse

    server = start(place, port)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login", timeout=20) as page:
            cookie = page.headers["Set-Cookie"].split(";")[0]
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        holder = sqlite3.connect(place.home / "luoshi.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        found = []

        def sign_in():
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            body = urllib.parse.urlencode(
                {"csrfmiddlewaretoken": token, "login": "admin", "password": "wrong"}
            )
            line.request("POST", "/account/login", body, {
                "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
            found.append(line.getresponse().status)

        waiting = threading.Thread(target=sign_in)
        waiting.start()
        time.sleep(1.5)
        assert not found, "the request did not wait: the trial proves nothing"
        server.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert not found
        assert server.poll() is None
        holder.execute("ROLLBACK")
        holder.close()
        waiting.join(60)
        assert found == [200]
        assert server.wait(60) == 0
    finally:
        end(server)
