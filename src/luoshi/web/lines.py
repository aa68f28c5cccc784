"""What the server writes down: one JSON object a line, and nothing of a person in it.

Only words of the program itself are written: a message's pattern, never what was put into it, an
exception's kind and place, never its text, a page's name, never its address. Names, numbers of
persons, addresses of machines and what was typed have no way in.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

_FACTS = ("page", "method", "status", "ms", "errno")
_SLOW_MS = 1000
_log = logging.getLogger("luoshi.web.requests")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        # A message with nothing to put in may itself have been put together: only ours is known.
        if record.name.startswith("luoshi.") or record.args:
            line["said"] = str(record.msg)
        line.update({k: getattr(record, k) for k in _FACTS if hasattr(record, k)})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["at"] = [f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in frames]
        return json.dumps(line, ensure_ascii=False)


class RequestLogMiddleware:
    """Writes down failures and what took long: the page's name, how it ended, how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        start = time.monotonic()
        answer = self.get_response(request)
        taken = round((time.monotonic() - start) * 1000)
        if answer.status_code >= 500 or taken >= _SLOW_MS:
            match = request.resolver_match
            facts = {
                "page": match.view_name if match else "", "method": request.method,
                "status": answer.status_code, "ms": taken,
            }  # fmt: skip
            _log.warning("failed" if answer.status_code >= 500 else "slow", extra=facts)
        return answer
