"""The only words that leave the office: a number and a link. There is room for nothing else.

Source: no real data goes to any service outside the office (DOMAIN.md §8).
"""

from __future__ import annotations

import re

_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?/?")


def notice(count: int, link: str) -> str:
    """Return what is sent: how many slips wait, and where they are read after signing in.

    Raises ``ValueError`` with a Chinese message for a link that is more than the address of the
    office's own pages, and for a count that is no number.
    """
    if type(count) is not int or count < 1:
        raise ValueError("通知里只能有件数。")
    if not _LINK.fullmatch(link):
        raise ValueError(
            "通知里的链接只能是本单位落实系统的地址：http 或 https 开头，后面只有主机名和端口。"
        )
    return f"落实：有{count}张督办单等待办理，请登录查看：{link}"
