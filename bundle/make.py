"""Make the offline bundle: wheels of everything, checksums, scripts. ``make bundle`` runs it.

``python bundle/make.py FOLDER`` makes FOLDER/luoshi-<version>-bundle.tar.gz. The locks'
hashes are checked when the wheels are taken, and again on the machine where they are installed.
"""

import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("base", "postgres", "bundle")
# Debian 12 has glibc 2.36: wheels for all that is older run there.
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
SCRIPTS = ("install.sh", "uninstall.sh", "安装说明.md", "systemd")


def pip(*arguments: str) -> None:
    """Run pip of the Python that makes the bundle."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        cwd=ROOT, check=True,
    )  # fmt: skip


def take_wheels(folder: Path) -> None:
    """Take the wheels of all locked packages for CPython 3.11 on x86_64, by their hashes."""
    chosen = [part for name in PLATFORMS for part in ("--platform", name)]
    for lock in LOCKS:
        pip("download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
            *chosen, "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311",
            "--abi", "abi3", "--abi", "none", "--dest", str(folder),
            "-r", f"requirements/{lock}.txt")  # fmt: skip


def make_own_wheel(folder: Path) -> str:
    """Build luoshi's own wheel from what git knows, and return the version."""
    with tempfile.TemporaryDirectory() as name:
        files = subprocess.run(
            ["git", "ls-files", "-z", "src", "pyproject.toml", "README.md", "LICENSE", "NOTICE"],
            cwd=ROOT, check=True, capture_output=True,
        ).stdout.decode()  # fmt: skip
        for file in filter(None, files.split("\0")):
            place = Path(name) / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, place)
        pip("wheel", "--quiet", "--no-deps", "--no-index", "--find-links", str(folder),
            "--wheel-dir", str(folder), name)  # fmt: skip
    (wheel,) = folder.glob("luoshi-*.whl")
    return wheel.name.split("-")[1]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_lists(target: Path, version: str) -> None:
    """Write the version, what pip installs by hash, and the checksums of every file."""
    (target / "VERSION").write_text(version + "\n", encoding="utf-8")
    wheels = sorted(p for p in (target / "wheels").glob("*.whl") if not p.name.startswith("pip-"))
    lines = []
    for wheel in wheels:
        name, number = wheel.name.split("-")[:2]
        lines.append(f"{name}=={number} --hash=sha256:{sha256(wheel)}\n")
    (target / "requirements.txt").write_text("".join(lines), encoding="utf-8")
    files = sorted(p for p in target.rglob("*") if p.is_file())
    sums = "".join(f"{sha256(p)}  {p.relative_to(target)}\n" for p in files)
    (target / "SHA256SUMS").write_text(sums, encoding="utf-8")


def pack(target: Path) -> Path:
    """Pack the folder into one file that is the same whenever the same is packed."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = info.mtime = 0
        info.uname = info.gname = ""
        return info

    path = target.with_name(target.name + ".tar.gz")
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w") as tar:  # fmt: skip
        for each in sorted(target.rglob("*")):
            tar.add(
                each, f"{target.name}/{each.relative_to(target)}", recursive=False, filter=plain
            )
    return path


def main() -> None:
    """Make the bundle in the folder that is named."""
    dist = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(dir=dist.parent if dist.parent.is_dir() else None) as made:
        wheels = Path(made) / "wheels"
        wheels.mkdir()
        take_wheels(wheels)
        version = make_own_wheel(wheels)
        target = dist / f"luoshi-{version}-bundle"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        shutil.move(wheels, target / "wheels")
    for name in SCRIPTS:
        source = ROOT / "bundle" / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target / name)
    write_lists(target, version)
    path = pack(target)
    shutil.rmtree(target)  # all of it is in the one file that is carried over
    print(f"{path}  {path.stat().st_size / 1024**2:.1f} MB  sha256 {sha256(path)}")


if __name__ == "__main__":
    main()
