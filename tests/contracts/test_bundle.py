"""The offline bundle: its lists agree, and its scripts install without a registry."""

import importlib.util
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "bundle"


@pytest.fixture
def make():
    spec = importlib.util.spec_from_file_location("bundle_make", FOLDER / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(make, tmp_path):
    """A bundle with the scripts and a file in the place of a wheel."""
    import shutil

    target = tmp_path / "luoshi-9-bundle"
    (target / "wheels").mkdir(parents=True)
    (target / "wheels" / "thing-1.0-py3-none-any.whl").write_bytes(b"wheel")
    (target / "wheels" / "pip-1.0-py3-none-any.whl").write_bytes(b"pip")
    for name in make.SCRIPTS:
        source = FOLDER / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target / name)
    make.write_lists(target, "9")
    return target


def test_the_lists_name_every_file_by_its_hash(make, bundle):
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (bundle / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    files = {str(p.relative_to(bundle)): p for p in bundle.rglob("*") if p.is_file()}
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert all(make.sha256(files[name]) == value for name, value in sums.items())
    wanted = (bundle / "requirements.txt").read_text("utf-8")
    assert wanted.startswith("thing==1.0 --hash=sha256:")
    assert "pip==" not in wanted


def test_packing_twice_gives_the_same_file(make, bundle):
    first = make.pack(bundle).read_bytes()
    os.utime(bundle / "VERSION", (1, 1))
    assert make.pack(bundle).read_bytes() == first


@pytest.mark.parametrize("spoilt", ["VERSION", "wheels/thing-1.0-py3-none-any.whl", "install.sh"])
def test_a_spoilt_bundle_installs_nothing(bundle, tmp_path, spoilt):
    with (bundle / spoilt).open("a", encoding="utf-8") as file:
        file.write("\n")
    target = tmp_path / "opt"
    done = subprocess.run(
        ["sh", bundle / "install.sh", target], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "被改动过" in done.stderr
    assert not target.exists()


def test_a_wheel_that_is_none_leaves_no_half_installation(bundle, tmp_path):
    target = tmp_path / "opt"
    done = subprocess.run(
        ["sh", bundle / "install.sh", target], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert not (target / "current").exists()
    assert not any((target / "versions").iterdir())


def test_everything_needed_is_locked_for_the_bundle(make):
    for lock in make.LOCKS:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
