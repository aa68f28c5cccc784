"""Addresses of the years."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.recurrence import views

pages = [
    path("materials/years", views.authors, name="list"),
    path("materials/<int:examination>/previous", views.page, name="page"),
    path("materials/<int:examination>/years", views.years, name="years"),
]
urlpatterns = [path("", include((pages, "recurrence")))]
