"""Who may import whom, and what a start of the command line must not load."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("django", "numpy", "pandas", "requests", "torch")
SAMPLE = ROOT / "src" / "luoshi" / "data" / "samples" / "self-examination.docx"


def loaded(code):
    """Return the modules that are loaded after ``code`` ran in a fresh interpreter."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)",
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PATH": ""},
    )
    return set(done.stderr.split()), done.stdout


SPLIT = f"""
import sys
sys.argv = ["luoshi", "split", {str(SAMPLE)!r}, "--format", "json"]
from luoshi.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code
"""


@pytest.mark.parametrize("code", ["import luoshi.cli.main", "import luoshi", SPLIT])
def test_no_heavy_package_is_loaded(code):
    modules, _ = loaded(code)
    assert not [name for name in modules if name.split(".")[0] in HEAVY]


def test_a_split_is_a_split_in_that_run():
    modules, out = loaded(SPLIT)
    assert out.startswith('{"documents": [')
    assert "luoshi.core.material" in modules
    # One file needs neither the workers nor the terminal nor the other reader.
    assert not modules & {"multiprocessing", "rich.console", "pypdfium2", "xlsxwriter"}


def test_starting_loads_no_command_and_no_reader():
    modules, _ = loaded("import luoshi.cli.main")
    assert not modules & {
        "luoshi.cli.split",
        "luoshi.core.reading.docx",
        "lxml",
        "rich",
        "rich.console",
    }


def test_the_package_itself_loads_nothing_before_it_is_used():
    modules, _ = loaded("import luoshi")
    assert not [m for m in modules if m.startswith("luoshi.")]
    modules, _ = loaded("from luoshi import ReadError")
    assert "luoshi.engines" not in modules


def test_import_linter_finds_no_broken_contract():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PATH": ""},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "KEPT" in done.stdout
    assert "BROKEN" not in done.stdout
