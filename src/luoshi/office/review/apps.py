"""Set-up of the review desk."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The app of batches, remarks and review opinions."""

    name = "luoshi.office.review"
    label = "review"
    verbose_name = "评审"

    def ready(self) -> None:
        """Register what waits for reviewers, clerks and authors on the home page."""
        from luoshi.office import today
        from luoshi.office.review import waiting

        today.register("评审", waiting.sections, place=30)
