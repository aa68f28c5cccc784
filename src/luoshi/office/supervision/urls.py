"""Addresses of supervision."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.supervision import calendar, views

pages = [
    path("supervision", views.today, name="today"),
    path("supervision/slips", views.index, name="list"),
    path("supervision/slips/<int:key>", views.page, name="slip"),
    path("supervision/slips/<int:key>/<slug:what>", views.act, name="act"),
    path("supervision/runs", views.runs, name="runs"),
    path("supervision/limits", views.limits, name="limits"),
    path("supervision/calendar", calendar.settings, name="calendar"),
    path("supervision/calendar/new", calendar.renew, name="calendar-new"),
    path("supervision/calendar/off", calendar.withdraw, name="calendar-off"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
]
urlpatterns = [path("", include((pages, "supervision")))]
