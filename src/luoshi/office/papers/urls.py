"""Addresses of the papers."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.papers import views

pages = [
    path("papers/item/<int:key>", views.item, name="item"),
    path("papers/special/<int:special>", views.special, name="special"),
    path("papers/material/<int:examination>", views.material, name="material"),
]
urlpatterns = [path("", include((pages, "papers")))]
