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
$luoshi backup --home /var/lib/luoshi
kill -TERM $server; wait $server
$luoshi journal verify --home /var/lib/luoshi
sh /opt/luoshi/uninstall.sh
test ! -e /opt/luoshi
"""


@pytest.mark.soak
@pytest.mark.skipif(
    os.geteuid() != 0 or not (shutil.which("debootstrap") or os.environ.get("LUOSHI_BARE")),
    reason="needs root and debootstrap",
)
def test_a_bare_machine_without_network(tmp_path):
    subprocess.run([sys.executable, ROOT / "bundle" / "make.py", tmp_path / "dist"], check=True)
    tree = tmp_path / "bare"
    bare = os.environ.get("LUOSHI_BARE")
    if bare:
        subprocess.run(["cp", "-a", bare, tree], check=True)
    else:
        made = ["debootstrap", "--variant=minbase", "--include=python3", "bookworm", str(tree)]
        subprocess.run(made, check=True)
    (archive,) = (tmp_path / "dist").glob("*.tar.gz")
    shutil.copy2(archive, tree / "srv")
    (tree / "srv" / "try.sh").write_text(TRIAL, encoding="utf-8")
    inside = 'ip link set lo up && exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh /srv/try.sh'
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", inside, str(tree)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '{"status": "ok"}' in done.stdout
    assert "条留痕全部一致" in done.stdout
