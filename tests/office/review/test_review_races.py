"""Two reviewers sign off at the same moment, in processes of their own: one decides, one is told."""

import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def start(home, line):
    environment = os.environ | {
        "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip
    environment.pop("LUOSHI_DATABASE", None)
    words = line if isinstance(line, str) else json.dumps(line)
    return subprocess.Popen([sys.executable, "-m", "tests.office.review.race_review", words], cwd=ROOT,
                            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip


def said(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


@pytest.mark.parametrize("outcomes", [("return", "pass"), ("return", "return")])
def test_of_two_at_once_one_decides_and_the_other_is_told(tmp_path, outcomes):
    (tmp_path / "static").mkdir()
    made = said(start(tmp_path, "make"))
    at = time.time() + 4.0
    until = (date.today() + timedelta(days=9)).isoformat()
    both = [
        start(
            tmp_path,
            {"by": by, "draft": made["draft"], "at": at, "outcome": outcome, "until": until},
        )
        for by, outcome in zip(made["people"], outcomes, strict=True)
    ]
    found = [said(process) for process in both]
    assert [one.get("rows") for one in found if "decided" in one] == [1]
    (other,) = [one for one in found if "refused" in one]
    assert other["refused"] == "Stale"
    assert "已经作出结论" in other["why"][0]
