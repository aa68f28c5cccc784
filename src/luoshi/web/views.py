"""The health answer, and what is shown when something is wrong."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def health(request: HttpRequest) -> JsonResponse:
    """Tell that the program answers and reaches its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    reasons = ["没有这个页面。地址可能写错了，或者内容已经移走。"]
    return render(request, "web/refused.html", {"reasons": reasons}, status=404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in plain words, without a page, that a request was not one of ours or was too much."""
    del request, exception  # the host it names may be another's: nothing of it is shown
    return HttpResponse(
        "这个请求无法处理：网址不对，或者一次提交的内容太多。请从本单位的网址重新进入。",
        status=400, content_type="text/plain; charset=utf-8",
    )  # fmt: skip


def kept_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without the secret of its page; what was typed is still there."""
    del reason
    reasons = [
        "这个页面打开得太久，或者您在别的窗口退出过，所以没有提交。",
        "请用浏览器的“后退”回到填写的页面，复制已填内容，重新打开后再提交。",
    ]
    return render(request, "web/refused.html", {"reasons": reasons}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the program failed, or cannot reach its database, and that nothing was written.

    Rendered without the request: who asks stands in the database, which may be what is away.
    """
    del request
    away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    page = render_to_string("web/broken.html", {"away": away})
    return HttpResponse(
        page, status=503 if away else 500, headers={"Retry-After": "60"} if away else None
    )
