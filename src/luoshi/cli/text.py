"""Chinese wording for what the command-line library says by itself."""

from __future__ import annotations

import gettext
import os
import sys

from luoshi.core.knowledge import DATA_FOLDER

DOMAIN = "luoshi"


def speak_chinese() -> None:
    """Make click use the catalogue in ``data/locale``, and the terminal UTF-8.

    Everything a user sees is Chinese whatever the machine's locale says.
    """
    os.environ["LANGUAGE"] = "zh_CN"
    if os.environ.get("LC_ALL", os.environ.get("LANG", "C")) in ("", "C", "POSIX"):
        os.environ["LC_ALL"] = "C.UTF-8"
    gettext.bindtextdomain(DOMAIN, str(DATA_FOLDER / "locale"))
    gettext.textdomain(DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
