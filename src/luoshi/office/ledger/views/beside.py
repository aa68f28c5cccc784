"""What apps above put beside the list of items: a template and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

Shown = Callable[[HttpRequest], dict[str, Any]]
_parts: dict[str, Shown] = {}


def register(template: str, shown: Shown) -> None:
    """Register a part of the list's page by its template."""
    _parts[template] = shown


def parts(request: HttpRequest) -> list[str]:
    """Return the parts as they stand on the page."""
    return [render_to_string(name, shown(request), request) for name, shown in _parts.items()]
