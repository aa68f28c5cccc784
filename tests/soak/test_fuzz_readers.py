"""Long runs of a fuzzer against the readers; finds go to tests/hostile/found, minimised.

With atheris (requirements/soak.txt) guided by coverage, else by hypothesis. LUOSHI_SOAK_RUNS is
the number of files tried for each kind.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "hostile"))

import fuzz_target  # noqa: E402 - its own imports need the path above

RUNS = int(os.environ.get("LUOSHI_SOAK_RUNS", "20000"))

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("kind", fuzz_target.BUILDERS)
def test_whatever_the_bytes_a_reader_gives_a_document_or_refuses(kind, tmp_path):
    if importlib.util.find_spec("atheris"):
        guided(kind, tmp_path)
    else:
        unguided(kind)


def guided(kind, folder):
    options = [f"-runs={RUNS}", "-max_len=600", "-timeout=60", "-rss_limit_mb=2048", "-seed=1"]
    options.append(f"-artifact_prefix={folder}/")
    seeds = folder / "seeds"
    seeds.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(HERE / "fuzz_target.py"), kind, *options, str(seeds)],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = [path for path in folder.iterdir() if path.is_file()]
    assert done.returncode == 0, f"{found}\n{done.stderr[-4000:]}"
    assert not found


def unguided(kind):
    @settings(
        max_examples=RUNS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(max_size=600))
    def attempt(data):
        fuzz_target.try_out(kind, data)

    attempt()
