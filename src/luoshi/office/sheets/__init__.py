"""Existing ledgers in workbooks: taken in with a preview, given out for printing."""
