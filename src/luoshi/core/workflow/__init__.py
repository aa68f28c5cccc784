"""How a commitment moves: the state table, independence, and what must be true to close.

Everything is decided from frozen facts that the shell collects (`facts`); nothing here looks
anything up. See DOMAIN.md §3 and docs/closing.md.
"""
