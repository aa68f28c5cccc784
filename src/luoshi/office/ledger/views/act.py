"""One page for every form of an item: form → action → answer, a refusal shown in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.core.workflow import table
from luoshi.office.journal.errors import NotFound, Refused, Stale
from luoshi.office.ledger.forms.base import ItemForm
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.views import reach
from luoshi.office.ledger.views.screens import Screen
from luoshi.office.pages import me, see_other, status_of

Extra = Callable[[HttpRequest, Commitment, ItemForm], dict[str, Any]]


def page(screen: Screen, extra: Extra | None = None) -> Callable[..., HttpResponse]:
    """Return the view of a form. ``extra`` gives its template more to show."""

    def view(request: HttpRequest, key: int, about: int | None = None) -> HttpResponse:
        reach.require(request, *screen.needs)
        item = reach.item_of(request, key)
        shown = _Shown(request, screen, item, about, extra)
        return shown.answer()

    view.__name__ = view.__qualname__ = screen.name
    view.__doc__ = screen.title
    return view


class _Shown:
    """One request to a form."""

    def __init__(
        self, request: HttpRequest, screen: Screen, item: Commitment, about: int | None,
        extra: Extra | None,
    ) -> None:  # fmt: skip
        self.request, self.screen, self.item = request, screen, item
        self.about, self.more = about, extra

    def answer(self) -> HttpResponse:
        """Show the form, or do what was posted with it."""
        if self.request.method != "POST":
            here = self.screen.offered_in(self.item.state)
            return self._show(self._form(None), status=200 if here else 409)
        form = self._form(self.request)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            self._do(form)
        except NotFound:
            raise
        except Stale as refusal:
            fresh = self.request.POST.copy()
            self.item.refresh_from_db()
            fresh["version"] = str(self.item.version)
            return self._show(self._form(self.request, fresh), refusal.reasons, 409, stale=True)
        except Refused as refusal:
            return self._show(form, refusal.reasons, status_of(refusal))
        messages.success(self.request, self.screen.done)
        return see_other(self._after())

    def _form(self, request: HttpRequest | None, data: Any = None) -> ItemForm:
        given: dict[str, Any] = {"item": self.item, "by": me(self.request)}
        if self.about is not None:
            given["about"] = self.about
        if request is None:
            return self.screen.form(**given)
        return self.screen.form(data or request.POST, request.FILES, **given)

    def _do(self, form: ItemForm) -> None:
        arguments = form.arguments()
        if self.screen.about and self.about is not None:
            arguments[self.screen.about] = self.about
        self.screen.action(by=me(self.request), commitment=self.item.pk, **arguments)

    def _after(self) -> str:
        """Return the item's page; who cannot see the item any more gets their list."""
        try:
            reach.item_of(self.request, self.item.pk)
        except Refused:
            return reverse("home")
        return reverse("ledger:item", args=[self.item.pk])

    def _show(
        self,
        form: ItemForm,
        reasons: tuple[str, ...] = (),
        status: int = 200,
        *,
        stale: bool = False,
    ) -> HttpResponse:
        context = {
            "screen": self.screen, "form": form, "item": self.item, "reasons": reasons,
            "stale": stale, "state": table.states()[self.item.state],
            "offered": self.screen.offered_in(self.item.state),
        }  # fmt: skip
        if self.more is not None:
            context |= self.more(self.request, self.item, form)
        return render(self.request, self.screen.template, context, status=status)
