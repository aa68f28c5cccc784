"""Addresses of the review desk."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.review.views import (
    arriving,
    batches,
    drafts,
    opinions,
    overlap,
    rounds,
    templates,
)

pages = [
    path("reviews", batches.list_page, name="list"),
    path("reviews/new", batches.new, name="new"),
    path("reviews/mine", opinions.mine, name="mine"),
    path("reviews/templates", templates.page, name="templates"),
    path("reviews/templates/<int:template>/drop", templates.drop, name="template-drop"),
    path("reviews/<int:batch>", batches.page, name="batch"),
    path("reviews/<int:batch>/edit", batches.edit, name="edit"),
    path("reviews/<int:batch>/turn", batches.turn, name="turn"),
    path("reviews/<int:batch>/compare", batches.compare, name="compare"),
    path("reviews/<int:batch>/overlap", overlap.page, name="overlap"),
    path("reviews/<int:batch>/upload", arriving.upload, name="upload"),
    path("reviews/<int:batch>/existing", arriving.existing, name="existing"),
    path("reviews/materials/<int:submission>/sender", arriving.sender, name="sender"),
    path("reviews/materials/<int:submission>/next", arriving.following, name="next"),
    path("reviews/drafts/<int:draft>", drafts.page, name="draft"),
    path("reviews/drafts/<int:draft>/file", drafts.original, name="file"),
    path("reviews/drafts/<int:draft>/do/<slug:what>", drafts.act, name="act"),
    path("reviews/drafts/<int:draft>/rounds", rounds.page, name="rounds"),
    path("reviews/drafts/<int:draft>/opinion", opinions.page, name="opinion"),
    path("reviews/drafts/<int:draft>/opinion/<slug:form>", opinions.file, name="opinion-file"),
    path("reviews/drafts/<int:one>/beside/<int:other>", overlap.pair, name="pair"),
    path("reviews/drafts/<int:one>/template/<int:template>", overlap.template, name="beside"),
]
urlpatterns = [path("", include((pages, "review")))]
