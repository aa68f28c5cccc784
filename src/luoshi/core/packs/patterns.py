"""Whether a pattern of a pack may be used: it compiles, says something, and cannot run away.

A repetition within a repetition makes Python's ``re`` try ever more ways on a text that does not
match (catastrophic backtracking): such a pattern could stop every check of the office.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

_LONGEST = 600
_MANY = 50  # repetitions that count as without end


def objections(pattern: object, where: str) -> Iterator[str]:
    """Yield in Chinese why a pattern is not taken."""
    if not isinstance(pattern, str) or not pattern.strip() or len(pattern) > _LONGEST:
        yield f"{where}应当是一段文字（最多{_LONGEST}个字）"
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern)
            parsed = import_module("re._parser").parse(pattern)
    except (re.error, RecursionError, OverflowError):
        yield f"{where}“{pattern[:40]}”写法不对（括号没有成对，或者符号用错）"
        return
    if compiled.match(""):
        yield f"{where}“{pattern[:40]}”什么都能匹配，没有意义"
    elif _runs_away(parsed, inside=False):
        yield f"{where}“{pattern[:40]}”里重复套着重复或者引用前文，可能使检查停不下来"


def _runs_away(parsed: Any, *, inside: bool) -> bool:
    for operation, argument in parsed:
        name = str(operation)
        if name.startswith("GROUPREF"):
            return True
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, held = argument
            many = int(most) > 1
            if inside and many and int(most) >= _MANY:
                return True
            if _runs_away(held, inside=inside or int(most) >= _MANY):
                return True
        elif any(_runs_away(part, inside=inside) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> Iterator[Any]:
    """Yield the patterns within an operation: of a group, of alternatives, of a look-around."""
    pattern = import_module("re._parser").SubPattern
    if isinstance(argument, pattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for one in argument:
            yield from _parts(one)
