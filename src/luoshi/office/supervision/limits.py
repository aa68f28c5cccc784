"""The thresholds of an office: the package's, those of a file, and over both the office's own.

``supervision.toml`` lies in the deployment's folder. Values at its top are for all offices, those
under ``[offices."name"]`` for one. What an office has set on its page (`OwnLimits`) goes before.
"""

from __future__ import annotations

import tomllib
from typing import Any

from luoshi.core.supervision.thresholds import Thresholds, with_own
from luoshi.office.home import home
from luoshi.office.supervision.models import OwnLimits

FILE = "supervision.toml"


def limits_of(office: int, name: str) -> Thresholds:
    """Return the thresholds of an office by its number and name.

    Raises ``ValueError`` with a Chinese message when the file cannot be used, or what it says does
    not go together with what the office has set.
    """
    row = OwnLimits.objects.filter(office=office).first()
    return _with(_of_file(name), row.own if row else {})


def without_own(name: str) -> Thresholds:
    """Return the thresholds that an office of this name has when it sets none itself.

    Raises ``ValueError`` as :func:`limits_of` does.
    """
    return _with(_of_file(name), {})


def _with(held: dict[str, Any], own: dict[str, Any]) -> Thresholds:
    try:
        return with_own(held | own)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"“{home() / FILE}”里的内容不能用：{error}") from error


def _of_file(name: str) -> dict[str, Any]:
    path = home() / FILE
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ValueError(f"不能使用“{path}”：{error}。请改正后再运行。") from error
    offices = held.pop("offices", {})
    try:
        return held | dict(offices.get(name, {}))
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"“{path}”里的内容不能用：{error}") from error
