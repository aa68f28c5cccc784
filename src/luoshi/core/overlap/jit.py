"""Numba's compiler where it is installed: what is compiled stays in its cache on disk.

A cached function is not made anew when one that it calls, in another file, has changed: after
work on these files `make clean` is due. Installing another version writes all files anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

try:
    from numba import njit
except ImportError:
    COMPILED = False

    def jit(function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: slower, with the same results."""
        return function
else:
    COMPILED = True
    jit: Any = njit(cache=True, nogil=True)  # type: ignore[no-redef]
