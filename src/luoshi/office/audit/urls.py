"""Addresses of the auditor's pages."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.audit import views

pages = [
    path("journal", views.entries_page, name="entries"),
    path("journal/<int:number>", views.entry_page, name="entry"),
    path("journal/verify", views.verify_page, name="verify"),
    path("journal/checkpoints", views.checkpoints_page, name="checkpoints"),
    path("journal/checkpoints/new", views.new_checkpoint, name="new_checkpoint"),
    path(
        "journal/checkpoints/<int:checkpoint>/file", views.checkpoint_file, name="checkpoint_file"
    ),
    path("journal/checkpoints/<int:checkpoint>/lodge", views.lodge_page, name="lodge"),
]
urlpatterns = [path("", include((pages, "journal")))]
