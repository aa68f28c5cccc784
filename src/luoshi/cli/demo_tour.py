"""A walk through the demonstration office over HTTP: every role signs in and finds what the data say."""

from __future__ import annotations

import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from http.cookiejar import CookieJar
from urllib.parse import quote, urlencode

import click

_PATIENCE = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")
Wanted = tuple[str, str, tuple[str, ...]]  # address, name, words that stand on the page


class _Browser:
    """One person's browser: cookies, and pages as text."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar).open

    def page(self, path: str, data: Mapping[str, str] | None = None) -> str:
        """Return a page; raises ``OSError`` for one that is not there."""
        body = urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(self.url + path, body, {"Referer": self.url + path})  # noqa: S310
        with self._open(request, timeout=30) as answer:
            text: str = answer.read().decode("utf-8")
            return text

    def sign_in(self, name: str, password: str) -> str:
        """Sign in; return the first page."""
        found = _TOKEN.search(self.page("/account/login"))
        token = found[1] if found else ""
        given = {"csrfmiddlewaretoken": token, "login": name, "password": password}
        self.page("/account/login", given)
        return self.page("/")


class Tour:
    """Who goes through which pages, and what has to stand there."""

    def __init__(self, url: str, password: str) -> None:
        self.url, self.password = url, password

    def wait(self, server: subprocess.Popen[bytes]) -> list[str]:
        """Wait until the server answers; return what is wrong where it does not."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and server.poll() is None:
            try:
                _Browser(self.url).page("/health")
            except OSError:
                time.sleep(0.2)
            else:
                return []
        return ["演示单位的网页服务没有启动。"]

    def go(self, accounts: Mapping[str, tuple[str, str]]) -> list[str]:
        """Sign in with every account and open its pages; return what is missing, in Chinese."""
        wanted = _wanted()
        wrong: list[str] = []
        for name, (role, _) in accounts.items():
            browser = _Browser(self.url)
            try:
                first = browser.sign_in(name, self.password)
            except OSError as error:
                wrong.append(f"{role}（{name}）不能登录：{error}。")
                continue
            if "退出" not in first:
                wrong.append(f"{role}（{name}）不能登录。")
                continue
            pages = (("/", "今天", ()), *wanted.get(name, ()))
            missing = [words for page in pages for words in _missing(browser, page)]
            wrong += [f"{role}：{words}" for words in missing]
            seen = "、".join(title for _, title, _ in pages)
            click.echo(f"  {role}（{name}）打开了：{seen}" + ("，有不对的" if missing else ""))
        return wrong


def _missing(browser: _Browser, wanted: Wanted) -> Iterable[str]:
    path, title, words = wanted
    try:
        page = " ".join(_TAG.sub(" ", browser.page(path)).split())
    except (OSError, urllib.error.HTTPError) as error:
        yield f"“{title}”打不开：{error}。"
        return
    for one in words:
        if one not in page:
            yield f"“{title}”里没有“{one}”。"


def _wanted() -> dict[str, tuple[Wanted, ...]]:
    """Return the pages of each account with the words and figures that the data give them."""
    from luoshi.office.accounts.models import Unit
    from luoshi.office.examinations.models import Examination
    from luoshi.office.journal import storage
    from luoshi.office.ledger.models import Commitment, ItemAccess, SpecialLedger
    from luoshi.office.supervision.models import Slip, SweepRun

    items = Commitment.objects.order_by("pk")
    # A story that everything has happened to: returned, closed, looked at again.
    long = items.filter(state="confirmed").order_by("-version")[0]
    waiting = items.filter(verifications__result="", verifications__verifier__name="严正")[0]
    opened = (
        ItemAccess.objects.select_related("commitment").filter(person__name="陆观澜")[0].commitment
    )
    special = SpecialLedger.objects.get()
    units = tuple(
        Unit.objects.filter(commitment__isnull=False).distinct().values_list("name", flat=True)
    )
    slip = Slip.objects.filter(state="answered").order_by("pk")[0]
    counted = (
        f"全部 {items.count()}",
        f"未办结 {items.filter(is_open=True).count()}",
    )
    titles = tuple(Examination.objects.values_list("title", flat=True))
    ledger: Wanted = ("/ledger", "台账", counted)
    return {
        "jingban": (
            ledger, (f"/ledger/{long.pk}", "一件已确认的事项", (long.number, "确认", "佐证")),
            ("/materials", "材料", titles), (f"/search?q={quote('电梯')}", "查找", ("电梯",)),
            (f"/special/{special.pk}", "专项台账", (special.name, "23")),
            (f"/supervision/slips/{slip.pk}", "一张已反馈的督办单", ("审结",)),
        ),
        "zeren": (ledger, ("/supervision", "督办", ("督办",))),
        "shequ": (ledger,),
        "heyan": (("/verifications", "核验", (waiting.number,)), (f"/ledger/{waiting.pk}", "等待核验的事项", ("核验中",))),
        "zhuren": (
            ("/board", "看板", units), ("/trend", "趋势", ("按期销号率",)), ("/wall?still=1", "大屏", ("未办结",)),
            ("/ledger/decisions", "等待审批", ()), ("/supervision/runs", "巡查记录", (f"{SweepRun.objects.latest('day').looked}",)),
        ),
        "fuzhuren": (("/ledger/decisions", "等待审批", ("延期",)),),
        "shenyue": (("/materials", "材料", titles), ledger),
        "waibu": (("/verifications", "核验", (opened.number,)),),
        "shenji": (("/journal", "留痕", (f"共 {storage.head().size} 条",)), ("/journal/checkpoints", "校验点", ("区审计局",))),
        "guanli": (("/people", "人员", ("闻知远", "韩卓")),),
    }  # fmt: skip
