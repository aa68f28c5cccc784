"""Notices by mail, DingTalk, WeCom…: an extra, off unless ``notices.toml`` is in the folder.

::

    link = "…"                  # the address of the home page, host and port alone
    [offices]
    "柳河街道办事处" = ["…"]     # addresses as the apprise library writes them
    [persons]
    zhangsan = ["…"]            # by username

What is sent is made by `core.supervision.notice` from a number and the link alone. The addresses
hold secrets: they are never printed or logged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from luoshi.core.supervision import slips
from luoshi.core.supervision.notice import notice
from luoshi.office.accounts.models import Office, User
from luoshi.office.home import home
from luoshi.office.supervision.models import Slip

FILE = "notices.toml"
#: Sends a text to addresses; tells whether all of them took it.
Send = Callable[[list[str], str], bool]


def configured() -> dict[str, Any] | None:
    """Return what the file says, or None without one.

    Raises ``ValueError`` with a Chinese message for a file that cannot be used.
    """
    path = home() / FILE
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ValueError(f"不能使用“{path}”：{error}。") from error
    for part in ("offices", "persons"):
        rows = held.setdefault(part, {})
        if not isinstance(rows, dict) or not all(map(_addresses, rows.values())):
            raise ValueError(f'“{path}”的 [{part}] 应当是“名称 = ["地址", …]”。')
    notice(1, str(held.get("link", "")))
    return held


def _addresses(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def send_all(offices: list[int], held: Mapping[str, Any], send: Send) -> tuple[int, int]:
    """Send to each office and person named how many slips wait; return sent and failed."""
    sent = failed = 0
    for addresses, count in _waiting(offices, held):
        if count:
            good = send(addresses, notice(count, held["link"]))
            sent, failed = sent + good, failed + (not good)
    return sent, failed


def _waiting(offices: list[int], held: Mapping[str, Any]) -> Iterator[tuple[list[str], int]]:
    asks = [key for key, state in slips.states().items() if state.asks]
    rows = Slip.objects.filter(office__in=offices, state__in=asks).exclude(colour="blue")
    for office in Office.objects.filter(pk__in=offices, name__in=list(held["offices"])):
        yield held["offices"][office.name], rows.filter(office=office).count()
    people = User.objects.filter(
        office__in=offices, username__in=list(held["persons"]), is_active=True, person__active=True
    )
    for user in people:
        yield held["persons"][user.username], rows.filter(person=user.person_id).count()


def by_apprise(addresses: list[str], text: str) -> bool:
    """Send by the apprise library; raises ``ValueError`` where it is not installed."""
    try:
        import apprise
    except ImportError as error:
        raise ValueError("没有安装通知组件，请安装 luoshi[notices]。") from error
    found = apprise.Apprise()
    known = [found.add(address) for address in addresses]
    return all(known) and bool(found.notify(body=text))
