"""Search over everything that the signed-in person may see."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.office.desk import finding
from luoshi.office.ledger.views import reach
from luoshi.office.pages import me

_MATERIALS = "examination.read"


class SearchForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label="查找什么", required=False, max_length=60)
    kind = forms.CharField(required=False, max_length=12)
    before = forms.IntegerField(required=False, min_value=1)


def search(request: HttpRequest) -> HttpResponse:
    """Show where all words stand, kind by kind, with the words marked."""
    held = reach.require(request, reach.READS, reach.ASSIGNED)
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    words = finding.split(asked.get("q") or "")
    found = finding.kinds(
        reach.items_of(request), me(request).office_id,
        reads=reach.READS in held, materials=_MATERIALS in held,
    )  # fmt: skip
    alone = [kind for kind in found if kind.key == asked.get("kind")]
    groups = [
        finding.search(
            kind, words, before=(asked.get("before") or 0) if alone else 0, alone=bool(alone)
        )
        for kind in (alone or found)
        if words
    ]
    context = {
        "words": " ".join(words), "groups": groups, "alone": bool(alone),
        "kinds": [kind.label for kind in found], "nothing": not any(g.hits for g in groups),
        "limited": len((asked.get("q") or "").split()) > finding.WORDS_MOST,
        "too_long": "q" in form.errors,
    }  # fmt: skip
    return render(request, "desk/search.html", context)
