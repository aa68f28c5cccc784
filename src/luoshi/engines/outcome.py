"""What became of an untrusted file, and opening what a worker sends without trusting it."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import importlib
import io
import json
import pickle
from dataclasses import dataclass
from pathlib import Path, PosixPath, PurePosixPath
from typing import Any, Generic, TypeVar

from luoshi.core.reading.model import ReadError
from luoshi.engines import worker

Item = TypeVar("Item", bound=Path | bytes)

_MESSAGES = {
    "timeout": "处理这个文件用时过长，已经停止。"
    "请用 Word 或 WPS 打开检查，另存为新文件或拆分成几个文件后再试。",
    "memory": "处理这个文件需要的内存过多，已经停止。请把它拆分成几个较小的文件后再试。",
    "damaged": "这个文件读不出来，可能已经损坏。请用 Word 或 WPS 打开，另存为新文件后再试。",
    "too_large": "这个文件的内容过多，无法处理。请把它拆分成几个较小的文件后再试。",
}
_PLAIN = (datetime.date, datetime.datetime, datetime.timedelta, PosixPath, PurePosixPath)


class FaultError(ReadError):
    """A file that brought its reader down; ``details`` (for the log only) says how."""

    def __init__(self, code: str, details: str) -> None:
        super().__init__(code, _MESSAGES[code])
        self.details = details

    def __reduce__(self) -> tuple[type[FaultError], tuple[str, str]]:
        return FaultError, (self.code, self.details)


@dataclass(frozen=True, slots=True)
class Result(Generic[Item]):
    """What became of one item: a value, or the error that stands in its place."""

    item: Item
    value: Any
    error: ReadError | None = None


class NarrowUnpickler(pickle.Unpickler):
    """An unpickler that builds values only: our data classes, dates, paths and containers.

    A worker that an evil file has taken over thereby cannot make its parent run anything.
    """

    def find_class(self, module: str, name: str) -> type:
        """Return the class; raises ``pickle.UnpicklingError`` for anything that may act."""
        for plain in _PLAIN:
            if (plain.__module__, plain.__name__) == (module, name):
                return plain
        if module.startswith("luoshi."):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and _holds_values_only(found):
                return found
        raise pickle.UnpicklingError(f"a worker may not return {module}.{name}")


def _holds_values_only(found: type) -> bool:
    named_tuple = issubclass(found, tuple) and hasattr(found, "_fields")
    return (
        dataclasses.is_dataclass(found) or named_tuple or issubclass(found, enum.Enum | ReadError)
    )


def decode(item: Item, frame: bytes | FaultError) -> Result[Item]:
    """Turn a worker's frame into the item's result.

    Raises ``pickle.UnpicklingError`` when the task returned what a worker may not return.
    """
    if isinstance(frame, FaultError):
        return Result(item, None, frame)
    kind, content = frame[:1], frame[2:]
    if kind == worker.VALUE:
        return Result(item, NarrowUnpickler(io.BytesIO(content)).load())
    if kind == worker.REFUSED:
        code, message = json.loads(content)
        return Result(item, None, ReadError(code, message))
    code = {worker.MEMORY: "memory", worker.LARGE: "too_large"}.get(kind, "damaged")
    return Result(item, None, FaultError(code, content.decode(errors="replace")))
