"""A bare Debian without network installs from the bundle, serves, backs up, ends, verifies.

Needs root, debootstrap and something to take packages from; LUOSHI_BARE names a bare tree with
python3 that is to be copied instead of making one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The one that `make bundle` takes: a virtual environment made by the Makefile has no pip.
PYTHON = os.environ.get("PYTHON") or getattr(sys, "_base_executable", sys.executable)
YEAR = """
source = "law: 试用的通知"
date = 2026-11-20
year = 2031
off = [[2031-01-01, 2031-01-01], [2031-10-01, 2031-10-07]]
on = [2031-10-11]
"""
TRIAL = r"""
set -e
cd /srv && tar -xzf luoshi-*-bundle.tar.gz && cd luoshi-*-bundle
! python3 -m pip --version 2>/dev/null
sh install.sh /opt/luoshi
luoshi=/opt/luoshi/current/bin/luoshi
$luoshi init --home /var/lib/luoshi --office 柳河街道办事处
$luoshi serve --home /var/lib/luoshi --port 8099 & server=$!
for i in $(seq 60); do sleep 1
  python3 -c 'import urllib.request as u; print(u.urlopen("http://127.0.0.1:8099/health").read().decode())' 2>/dev/null && break
done
sample=$(ls /opt/luoshi/current/lib/python3*/site-packages/luoshi/data/samples/self-examination.docx)
$luoshi check "$sample" --severity error > /srv/checked.txt || test $? = 1
grep -q 错误 /srv/checked.txt
# The libraries that carry programs of their own: compiled loops, the typesetter of pdf papers.
/opt/luoshi/current/bin/python -c 'import numba, typst; numba.njit(lambda x: x + 1)(1)'
$luoshi pack make /srv/year.toml --name workdays --title 试用 --source 试用 -o /srv/pack.zip
$luoshi pack import /srv/pack.zip --home /var/lib/luoshi
$luoshi doctor --home /var/lib/luoshi
$luoshi backup --home /var/lib/luoshi --to /srv/backups --keep 2
kill -TERM $server; wait $server
$luoshi journal verify --home /var/lib/luoshi
$luoshi restore /srv/backups/luoshi-*.tar --home /var/lib/again
$luoshi pack list --home /var/lib/again
sh /opt/luoshi/uninstall.sh
test ! -e /opt/luoshi
"""


@pytest.mark.soak
@pytest.mark.skipif(
    os.geteuid() != 0 or not (shutil.which("debootstrap") or os.environ.get("LUOSHI_BARE")),
    reason="needs root and debootstrap",
)
def test_a_bare_machine_without_network(tmp_path):
    subprocess.run([PYTHON, ROOT / "bundle" / "make.py", tmp_path / "dist"], check=True)
    tree = tmp_path / "bare"
    bare = os.environ.get("LUOSHI_BARE")
    if bare:
        subprocess.run(["cp", "-a", bare, tree], check=True)
    else:
        made = ["debootstrap", "--variant=minbase", "--include=python3", "bookworm", str(tree)]
        subprocess.run(made, check=True)
    (archive,) = (tmp_path / "dist").glob("*.tar.gz")
    shutil.copy2(archive, tree / "srv")
    (tree / "srv" / "year.toml").write_text(YEAR, encoding="utf-8")
    (tree / "srv" / "try.sh").write_text(TRIAL, encoding="utf-8")
    inside = 'ip link set lo up && exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh /srv/try.sh'
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", inside, str(tree)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '{"status": "ok"}' in done.stdout
    assert done.stdout.count("条留痕全部一致") == 2
    assert done.stdout.count("2031年放假安排：放假 2 段") >= 3
