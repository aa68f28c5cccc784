"""Addresses of the pages of materials."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.examinations import views

pages = [
    path("materials", views.list_page, name="list"),
    path("materials/new", views.upload, name="upload"),
    path("materials/<int:examination>", views.page, name="page"),
    path("materials/<int:examination>/file", views.download, name="file"),
    path("materials/<int:examination>/correct/<slug:what>", views.correct, name="correct"),
]
urlpatterns = [path("", include((pages, "examinations")))]
