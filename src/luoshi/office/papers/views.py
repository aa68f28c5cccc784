"""The pages on which a paper is asked for, and the file that they answer with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.formats.gbt9704.fonts import NoFonts, choose
from luoshi.office.accounts.models import Person
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.pages import me, paper_file, posted, status_of
from luoshi.office.papers import subjects
from luoshi.office.papers.actions.making import make
from luoshi.office.papers.forms import PaperForm


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, key: int) -> HttpResponse:
    """Make a paper about an item."""
    return _page(request, subjects.item, key, "ledger:item")


@require_http_methods(["GET", "POST"])
def special(request: HttpRequest, special: int) -> HttpResponse:
    """Make a paper about a special ledger."""
    return _page(request, subjects.special, special, "ledger:special")


@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, examination: int) -> HttpResponse:
    """Make a paper about a material: all its problems and what became of each."""
    return _page(request, subjects.material, examination, "ledger:material")


def _page(
    request: HttpRequest, find: Callable[[Person, int], subjects.About], key: int, back: str
) -> HttpResponse:
    by = me(request)
    about = find(by, key)
    form = PaperForm(posted(request), by=by)
    status = 200
    reasons: tuple[str, ...] = ()
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = make(by=by, about=about, **form.arguments())
                return paper_file(made.name, made.data)
            except NotFound:
                raise
            except Refused as refusal:
                status, reasons = status_of(refusal), refusal.reasons
    context: dict[str, Any] = {
        "form": form, "reasons": reasons, "name": about.name, "fonts": _fonts(),
        "back": reverse(back, args=[key]),
    }  # fmt: skip
    return render(request, "papers/make.html", context, status=status)


def _fonts() -> str:
    """Return what is to be said of the fonts of this machine, if anything."""
    try:
        return choose().words()
    except NoFonts as missing:
        return str(missing)
