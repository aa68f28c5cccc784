"""What a worker does with an uploaded ledger workbook: read and understand; plain values back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.core.reading.model import DEFAULT_LIMITS, Limits, ReadError
from luoshi.core.sheets.understand import record, understand
from luoshi.engines.bounded import GIB, BoundedPool, FaultError

MEASURES_MOST = 2_000
SECONDS = 20.0

_WORDS = {
    "timeout": "读取这个表格用时过长，已经停止。请删去多余的工作表和空行，或拆成几个文件后再试。",
    "memory": "读取这个表格需要的内存过多，已经停止。请删去多余的工作表和空行，或拆成几个文件后再试。",
    "damaged": "这个表格读不出来，可能已经损坏。请用 Excel 或 WPS 表格打开，另存为 .xlsx 后再试。",
    "too_large": "这个表格的内容过多，无法处理。请拆成几个文件后再试。",
}


def understand_data(data: bytes, limits: Limits) -> dict[str, Any]:
    """Return what a workbook says, as plain values. Raises :class:`ReadError`."""
    from luoshi.formats.sheets_in import read_grids

    found = understand(read_grids(data, limits))
    if not found.sheets:
        raise ReadError("no_text", "表格里没有内容。请检查是否选错了文件。")
    if found.measures > MEASURES_MOST:
        raise ReadError(
            "too_large",
            f"表里有{found.measures}条措施，一次最多导入{MEASURES_MOST}条。请按科室或年度拆成几个文件。",
        )
    return record(found)


def understand_bounded(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, Any]:
    """Read one untrusted workbook in a process of its own.

    Raises :class:`ReadError`; as :class:`FaultError` when the file brought the reader down.
    """
    with BoundedPool(1, GIB, SECONDS) as pool:
        task = "luoshi.engines.sheets:understand_data"
        result = next(pool.map(task, [data], {"limits": limits}))
    if isinstance(result.error, FaultError):
        raise ReadError(result.error.code, _WORDS[result.error.code]) from result.error
    if result.error is not None:
        raise result.error
    found: Mapping[str, Any] = result.value
    return found
