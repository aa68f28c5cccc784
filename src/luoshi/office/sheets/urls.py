"""Addresses of the workbooks."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.sheets import views

pages = [
    path("ledger/import", views.upload, name="upload"),
    path("ledger/import/<int:sheet>", views.preview, name="preview"),
    path("ledger/import/<int:sheet>/discard", views.give_up, name="discard"),
    path("ledger/import/<int:sheet>/file", views.file, name="file"),
    path("ledger/export", views.export, name="export"),
]
urlpatterns = [path("", include((pages, "sheets")))]
