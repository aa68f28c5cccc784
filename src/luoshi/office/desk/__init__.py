"""The working screens over the ledger: today's work, board, trend, wall, saved views, search."""
