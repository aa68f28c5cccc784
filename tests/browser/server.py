"""A server of our own on a home of its own, and browsers signed in to it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--lang=zh-CN",
]  # fmt: skip


class Server:
    """granian in a process of its own, over a fresh SQLite file."""

    def __init__(self, home: Path, what: str, settings: str = "tests.browser.settings") -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        (home / "static").mkdir(parents=True)
        self._environment = os.environ | {
            "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }  # fmt: skip
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.seed", what], env=self._environment, cwd=ROOT,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        found = json.loads(made.stdout.splitlines()[-1])
        self.people, self.items = found["people"], found["items"]
        self.log = (home / "log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
             "--port", str(self.port), "--blocking-threads", "4", "--no-ws",
             "luoshi.web.wsgi:application"],
            env=self._environment, cwd=ROOT, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert self._process.poll() is None, (self.home / "log").read_text()
                time.sleep(0.2)
        raise AssertionError((self.home / "log").read_text())

    def pass_days(self, days: int) -> None:
        """Move the server's clock ahead."""
        file = self.home / "clock"
        ahead = int(file.read_text()) if file.exists() else 0
        fresh = file.with_suffix(".new")
        fresh.write_text(str(ahead + days))
        fresh.replace(file)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
        self.log.close()
