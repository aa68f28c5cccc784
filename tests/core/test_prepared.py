"""What is prepared ahead is what Python makes of it now, and never wanted where it does not fit."""

import json
import re
import runpy
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from luoshi.core import knowledge, patterns

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "samples" / "prepared.py"))


def test_the_tables_are_what_the_script_makes():
    assert knowledge.data(knowledge.TABLES) == SCRIPT["tables"](), "make prepared"


def test_the_patterns_are_what_the_script_makes():
    command = [sys.executable, str(ROOT / "samples" / "prepared.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_prepared_table_is_the_table_itself():
    import tomllib

    for name in knowledge._tables():
        assert knowledge.table(name) == tomllib.loads(knowledge.data(f"{name}.toml").decode())


def test_a_changed_table_is_read_itself(monkeypatch):
    changed = b'new = "word"\n' + knowledge.data("checks/facts.toml")
    real = knowledge.data
    monkeypatch.setattr(
        knowledge, "data", lambda name: changed if name == "checks/facts.toml" else real(name)
    )
    assert knowledge.packaged.__wrapped__("checks/facts")["new"] == "word"


@pytest.fixture
def own_cache(monkeypatch):
    monkeypatch.setattr(re, "_cache", {})
    patterns.warm.cache_clear()
    yield
    patterns.warm.cache_clear()


def test_stored_patterns_find_what_fresh_ones_find(own_cache):
    text = (ROOT / "tests" / "checks_tune" / "d1.txt").read_text("utf-8")[:1500]
    assert patterns.warm() > 500
    for (_, pattern, flags), stored in list(re._cache.items()):
        fresh = re._compiler.compile(pattern, flags)
        assert (stored.flags, stored.groups, stored.groupindex) == (
            fresh.flags,
            fresh.groups,
            fresh.groupindex,
        )
        one, other = stored.search(text), fresh.search(text)
        assert (one and (one.span(), one.groupdict())) == (
            other and (other.span(), other.groupdict())
        )


@pytest.mark.parametrize("wrong", [b"", b"no json\n", b"[[], []]\n", b'[["cpython", 1], []]\n'])
def test_a_store_that_does_not_fit_is_left_alone(own_cache, monkeypatch, wrong):
    monkeypatch.setattr(knowledge, "data", lambda name: wrong)
    assert patterns.warm() == 0
    assert re._cache == {}


def test_code_that_python_refuses_ends_in_nothing_taken(own_cache, monkeypatch):
    row = ["a", 0, 32, 0, {}, 3]
    bad = patterns.packed([row], [[99999, 1, 2]])
    assert json.loads(bad.partition(b"\n")[0])[1] == [row]
    assert array("I", bad[-12:])[0] == 99999
    monkeypatch.setattr(knowledge, "data", lambda name: bad)
    assert patterns.warm() == 0
    assert re.compile("a").search("ba")
