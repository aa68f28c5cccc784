"""Every package that luoshi needs to run is named with its licence."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
NEEDED = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", LOCK, re.M)


def rows():
    first = TABLE.split("## Needed to run", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^\| ([a-z0-9._-]+) \| ([^|]+) \| ([^|]+) \|$", first, re.M)
    return {name: licence.strip() for name, licence, _ in found if name != "package"}


def test_the_table_lists_exactly_what_the_lock_has():
    assert len(NEEDED) >= 6
    assert set(rows()) == set(NEEDED)


def test_every_licence_is_one_that_asks_for_notices_only():
    for name, licence in rows().items():
        assert re.search(r"MIT|BSD|Apache|PSF|ISC", licence), name
        assert not re.search(r"GPL", licence), name


def test_the_lock_has_hashes_and_names_no_address():
    assert not re.search(r"https?://", LOCK)
    for block in re.split(r"\n(?=[a-z0-9])", LOCK.strip()):
        assert "--hash=sha256:" in block, block.split("\n")[0]


def test_what_the_project_asks_for_is_locked():
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in wanted["dependencies"]}
    assert names <= set(NEEDED)
