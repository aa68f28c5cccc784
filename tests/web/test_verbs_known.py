"""A page that lists what was done has the Chinese word of everything that can be done."""

import os
import re
import subprocess
import sys
from pathlib import Path

OFFICE = Path(__file__).resolve().parents[2] / "src" / "luoshi" / "office"
LOOK = """
import django
django.setup()
import luoshi.web.urls
from luoshi.office.journal.act import VERBS
print(*VERBS)
"""


def test_a_server_knows_every_verb_also_those_of_commands(tmp_path):
    """The sweep, the keys and the packs have no page: nothing else would load their words."""
    settings = {"LUOSHI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=os.environ | settings, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    known = set(done.stdout.split())
    there = {
        verb
        for path in OFFICE.rglob("*.py")
        for verb in re.findall(r'^@action\("([^"]+)"', path.read_text("utf-8"), re.M)
    }
    assert len(there) > 60
    assert there - known == set()
