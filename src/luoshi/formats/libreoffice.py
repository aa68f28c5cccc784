"""Old formats (.doc, .wps) become .docx through LibreOffice, kept on a short leash."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from luoshi.core.reading.model import ReadError

SUFFIXES = {".doc": "MS Word 97", ".wps": "", ".rtf": "Rich Text Format"}
"""What can be converted, and the import filter; without one LibreOffice looks for itself."""

_OUTPUT_BYTES = 64 * 1024 * 1024
_MEMORY_BYTES = 4 * 1024**3
_ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}

# No macros, no linked pictures or texts, whatever the file asks for; the proxy at which nobody
# listens is for pictures linked in a .doc, which LibreOffice fetches in spite of the rest.
_OPTIONS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "1"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "1"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)

# The shell sets limits, starts the program, and kills the whole process group when standard
# input ends: should we be killed in the middle, LibreOffice does not stay behind. Where the
# system allows it, the program is given a network of its own that leads nowhere.
_GUARD = """
ulimit -c 0; ulimit -f "$1"; ulimit -t "$2"; ulimit -v "$3" 2>/dev/null; shift 3
exec 3<&0 </dev/null
(cat <&3; kill -KILL 0) >/dev/null 2>&1 &
unshare -rn true 2>/dev/null && set -- unshare -rn "$@"
"$@" 3<&-
"""


def available() -> str | None:
    """Return the path of LibreOffice's program, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_to_docx(data: bytes, suffix: str, seconds: float = 60) -> bytes:
    """Return the file's content as .docx; ``suffix`` is one of :data:`SUFFIXES`.

    Each call has a profile of its own, so that calls do not meet and leave nothing behind.

    Raises :class:`ReadError`: ``legacy`` when LibreOffice is not installed, ``timeout`` after
    ``seconds`` by the clock, ``too_large`` for a result over 64 MiB, ``damaged`` when LibreOffice
    cannot open the file; ``ValueError`` for another suffix.
    """
    if suffix not in SUFFIXES:
        raise ValueError(f"no conversion from {suffix}")
    program = available()
    if program is None:
        raise ReadError(
            "legacy", "本机没有安装 LibreOffice。请用 Word 或 WPS 把文件另存为 .docx 再试。"
        )
    with tempfile.TemporaryDirectory(prefix="luoshi-") as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _convert(program, folder, source, seconds)
        return _result(folder / "out" / "source.docx")


def _settings() -> str:
    items = (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _OPTIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{''.join(items)}</oor:items>"
    )


def _convert(program: str, folder: Path, source: Path, seconds: float) -> None:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_settings(), encoding="utf-8")
    command = [
        *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
    ]
    if SUFFIXES[source.suffix]:
        command.append(f"--infilter={SUFFIXES[source.suffix]}")
    limits = [_OUTPUT_BYTES // 512, max(1, round(seconds)), _MEMORY_BYTES // 1024]
    guard = subprocess.Popen(  # noqa: S603 - fixed words; the user's text is only in the file
        ["/bin/sh", "-c", _GUARD, "luoshi", *map(str, limits), *command, str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**_ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)},
        cwd=folder,
        start_new_session=True,
    )
    try:
        guard.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            "timeout",
            "转换这个旧版文件用时过长，已经停止。请用 Word 或 WPS 打开后另存为 .docx 再试。",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            os.killpg(guard.pid, signal.SIGKILL)
        guard.wait()
        if guard.stdin is not None:
            guard.stdin.close()


def _result(path: Path) -> bytes:
    """Return what LibreOffice wrote; its exit status says nothing about success."""
    if not path.is_file():
        raise ReadError(
            "damaged",
            "这个旧版文件转换不了，可能已经损坏或设了打开密码。"
            "请用 Word 或 WPS 打开，去掉密码，另存为 .docx 再试。",
        )
    # A file that reaches the limit exactly was cut off by it.
    if path.stat().st_size >= _OUTPUT_BYTES:
        raise ReadError(
            "too_large", "这个旧版文件转换后太大。请用 Word 或 WPS 打开，删去图片或拆分后另存再试。"
        )
    return path.read_bytes()
