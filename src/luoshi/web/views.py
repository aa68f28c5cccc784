"""The home page, the health answer, and what is shown when something is wrong."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from luoshi.web.context import site


def home(request: HttpRequest) -> HttpResponse:
    """Send the signed-in person to the first page of their navigation."""
    return redirect(site(request)["navigation"][0].url)


def health(request: HttpRequest) -> JsonResponse:
    """Tell that the program answers and reaches its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    reasons = ["没有这个页面。地址可能写错了，或者内容已经移走。"]
    return render(request, "web/refused.html", {"reasons": reasons}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the program failed and that nothing was written."""
    return render(request, "web/broken.html", status=500)
