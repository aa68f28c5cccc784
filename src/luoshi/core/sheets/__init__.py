"""An office's existing 整改台账 in a workbook: from a grid of values to rows, pure."""

from luoshi.core.sheets.grid import Area, Grid, address
from luoshi.core.sheets.understand import Understood, understand

__all__ = ["Area", "Grid", "Understood", "address", "understand"]
