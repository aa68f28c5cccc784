"""All addresses. Every one needs a sign-in unless `middleware.PUBLIC` names it."""

from __future__ import annotations

from django.urls import include, path

from luoshi.web import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("", include("luoshi.office.desk.urls")),
    path("", include("luoshi.office.accounts.urls")),
    path("", include("luoshi.office.examinations.urls")),
    path("", include("luoshi.office.sheets.urls")),
    path("", include("luoshi.office.ledger.urls")),
    path("", include("luoshi.office.supervision.urls")),
    path("", include("luoshi.office.papers.urls")),
    path("", include("luoshi.office.recurrence.urls")),
    path("", include("luoshi.office.review.urls")),
    path("", include("luoshi.office.audit.urls")),
]
handler400 = "luoshi.web.views.not_understood"
handler404 = "luoshi.web.views.not_found"
handler500 = "luoshi.web.views.broken"
