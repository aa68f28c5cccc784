"""Every change of the ledger, one action each; nothing else writes its tables."""
