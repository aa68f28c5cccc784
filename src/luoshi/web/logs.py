"""What an administrator sees of a running server: few lines, in Chinese, without personal data.

A line says what happened and where to look; addresses of pages lose their queries, and names,
machines and contents are left out. What the program did not expect is written with its whole
trace to ``log/errors.log`` in the deployment's folder, which only its owner can read.
"""

from __future__ import annotations

import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 2 * 1024 * 1024
KEPT = 3
HOSTS_MOST = 20
LEVELS = {"WARNING": "提醒", "ERROR": "出错", "CRITICAL": "严重"}
_VISITORS = "django.security"
_HOST = re.compile(r"Invalid HTTP_HOST header: '([A-Za-z0-9][A-Za-z0-9.-]{0,60})(?::\d+)?'")


class Trace(RotatingFileHandler):
    """Keeps what the program did not expect; the file is made when it is first needed."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stream = super()._open()
        os.chmod(self.baseFilename, 0o600)
        return stream


class Unexpected(logging.Filter):
    """Lets through what has a trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the program itself failed."""
        return record.exc_info is not None and not record.name.startswith(_VISITORS)


class Worth(logging.Filter):
    """Lets through what an administrator can do something about.

    A page that is not there, a form that came too late and a refusal are the visitor's own
    affair, and a wrong password is in the table of sign-ins. A name under which nobody was told
    to open the pages is shown once: mostly it was forgotten when the server was started.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hosts: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is to be shown."""
        if record.name.startswith(_VISITORS):
            return self._new_host(record)
        if record.exc_info is not None or record.levelno >= logging.ERROR:
            return True
        return record.name.startswith("luoshi")

    def _new_host(self, record: logging.LogRecord) -> bool:
        host = _host(record)
        if not host or host in self._hosts or len(self._hosts) >= HOSTS_MOST:
            return False
        self._hosts.add(host)
        return True


def _host(record: logging.LogRecord) -> str:
    """Return the name by which a browser called the server, if it is one and not ours."""
    if record.name != "django.security.DisallowedHost":
        return ""
    match = _HOST.search(record.getMessage())
    return match[1] if match else ""


class Plain(logging.Formatter):
    """One line: when, how serious, what."""

    def __init__(self, errors: str) -> None:
        super().__init__(datefmt="%Y-%m-%d %H:%M:%S")
        self._errors = errors

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        level = LEVELS.get(record.levelname, "提示")
        return f"{self.formatTime(record, self.datefmt)} {level}：{self._words(record)}"

    def _words(self, record: logging.LogRecord) -> str:
        host = _host(record)
        if host:
            return (
                f"有人用“{host}”这个名称打开网页，没有放行。"
                f"如果确实要用，请在启动时加上：luoshi serve --host {host}"
            )
        own = record.getMessage() if record.name.startswith("luoshi") else ""
        if record.exc_info is not None:
            request = getattr(record, "request", None)
            page = f"（页面 {request.path}）" if request is not None else ""
            return f"{own or f'程序出错{page}。'}详情记在 {self._errors}，请交给维护人员。"
        return own or f"{record.name} 报告了一个问题，详情请让维护人员查看。"


def settings(folder: Path, lines: str = "") -> dict[str, object]:
    """Return Django's setting LOGGING for a deployment in a folder.

    ``lines``: a file for JSON lines (see `luoshi.web.lines`), which may be moved away meanwhile.
    """
    errors = str(folder / "log" / "errors.log")
    kept: dict[str, object] = {"class": "logging.NullHandler"}
    if lines:
        kept = {
            "class": "logging.handlers.WatchedFileHandler", "filename": lines,
            "formatter": "lines", "encoding": "utf-8",
        }  # fmt: skip
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"worth": {"()": Worth}, "unexpected": {"()": Unexpected}},
        "formatters": {
            "plain": {"()": Plain, "errors": errors},
            "trace": {"format": "%(asctime)s %(name)s %(message)s"},
            "lines": {"()": "luoshi.web.lines.JsonLines"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler", "formatter": "plain", "filters": ["worth"],
            },
            "trace": {
                "()": Trace, "filename": errors, "formatter": "trace", "filters": ["unexpected"],
            },
            "lines": kept,
        },
        "root": {"handlers": ["console", "trace", "lines"], "level": "WARNING"},
        # Django's own would print in English beside ours.
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "WARNING"},
            # What took long is for whoever reads the file; the screen has the failure already.
            "luoshi.web.requests": {"handlers": ["lines"], "propagate": False, "level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        },
    }  # fmt: skip
