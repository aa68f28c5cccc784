"""Texts that nobody writes end in time and within memory, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

SECONDS = 60  # of processor time, on any machine; the slowest takes about ten
MEGABYTES = 1_200  # at the peak, Numba and all

PROGRAM = """
import json, random, resource, sys, time
from luoshi.core.overlap.texts import identical, shared_passages
shared_passages(["一二三四五六七八九十" * 5] * 2 + ["甲乙丙丁" * 9])  # loads what is compiled
rng = random.Random(1)
def prose(n):
    return "".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(n))
one = prose(2000)
def changed(text):
    at = rng.randrange(len(text) - 9)
    return text[:at] + prose(5) + text[at + 5:]
TEXTS = {
    "a phrase a million times": lambda: ["整改到位" * 1_000_000, "整改到位" * 1_000_000, "整改到位。"],
    "a phrase in each of many": lambda: ["整改到位" * 500 for _ in range(2_000)],
    "a character": lambda: ["一" * 2_000_000, "一" * 1_999_999],
    "all equal": lambda: [one] * 1_000,
    "all nearly equal": lambda: [changed(one) for _ in range(600)],
    "groups nearly equal": lambda: [changed(text) for text in [prose(1000) for _ in range(50)] for _ in range(7)],
    "one giant": lambda: [prose(3_000_000) + one, *(prose(300) for _ in range(300)), one],
    "a long copy": lambda: [(giant := prose(400_000)), "前言" + giant],
    "a page again and again": lambda: [one * 300, changed(one) * 300, one],
    "empty and tiny": lambda: ["", "好", "，。", *[chr(0x4E00 + n) for n in range(5_000)]],
    "beyond the basic plane": lambda: ["\\U00020000\\U0002A6D6" * 50_000, "\\ud800" * 9, "\\U00020001" * 50_000],
}
texts = TEXTS[sys.argv[1]]()
start = time.process_time()
alike = identical(texts)
found = shared_passages(texts)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(found), sum(map(len, alike)), time.process_time() - start, peak]))
"""


@pytest.mark.parametrize(
    ("name", "fewest", "alike"),
    [
        ("a phrase a million times", 0, 2), ("a phrase in each of many", 0, 2_000),
        ("a character", 0, 0), ("all equal", 0, 1_000), ("all nearly equal", 0, 0),
        ("groups nearly equal", 1_000, 0), ("one giant", 1, 0), ("a long copy", 1, 0),
        ("a page again and again", 0, 0), ("empty and tiny", 0, 2),
        ("beyond the basic plane", 0, 0),
    ],
)  # fmt: skip
def test_it_ends(name, fewest, alike):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, timeout=900,
    )  # fmt: skip
    found, groups, seconds, peak = json.loads(done.stdout)
    assert found >= fewest
    assert groups == alike
    assert seconds < SECONDS
    assert peak < MEGABYTES
