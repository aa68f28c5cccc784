"""What is wrong with one file of many: it is said, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

Rest = ParamSpec("Rest")
Take = Callable[Concatenate[Path, Rest], bool]


def telling(take: Take[Rest]) -> Take[Rest]:
    """Let what takes in a file say why it could not and return False, instead of raising.

    Said are ``ReadError`` and ``Refused``, whose words are made for users.
    """

    @wraps(take)
    def told(path: Path, /, *rest: Rest.args, **named: Rest.kwargs) -> bool:
        from luoshi.core.reading.model import ReadError
        from luoshi.office.journal.errors import Refused

        try:
            return take(path, *rest, **named)
        except ReadError as error:
            reason = error.message
        except Refused as refusal:
            reason = "；".join(refusal.reasons)
        click.echo(f"✗ {path.name}：{reason}", err=True)
        return False

    return told
