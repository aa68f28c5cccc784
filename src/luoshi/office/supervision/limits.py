"""The thresholds of an office: the package's, with those of ``supervision.toml`` in their place.

The file lies in the deployment's folder. Values at the top are for all offices, those under
``[offices."name"]`` for one.
"""

from __future__ import annotations

import tomllib

from luoshi.core.supervision.thresholds import Thresholds, with_own
from luoshi.office.home import home

FILE = "supervision.toml"


def limits_of(office: str) -> Thresholds:
    """Return the thresholds of an office by its name.

    Raises ``ValueError`` with a Chinese message when the file cannot be used.
    """
    path = home() / FILE
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return with_own({})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ValueError(f"不能使用“{path}”：{error}。请改正后再运行。") from error
    offices = held.pop("offices", {})
    try:
        return with_own(held | offices.get(office, {}))
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"“{path}”里的内容不能用：{error}") from error
