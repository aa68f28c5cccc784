"""Addresses of the working screens."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from luoshi.office.desk.views import board, home, saved, search

pages = [
    path("board", board.board, name="board"),
    path("trend", board.trend, name="trend"),
    path("trend.svg", board.curve, name="trend-curve"),
    path("wall", board.wall, name="wall"),
    path("search", search.search, name="search"),
    path("views/new", saved.save, name="view-save"),
    path("views/<int:view>/delete", saved.delete, name="view-delete"),
]
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("", include((pages, "desk"))),  # type: ignore[list-item]
]
