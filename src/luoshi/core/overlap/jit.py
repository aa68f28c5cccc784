"""Numba's compiler where it is installed: what is compiled stays in its cache on disk."""

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
    jit = njit(cache=True, nogil=True)
