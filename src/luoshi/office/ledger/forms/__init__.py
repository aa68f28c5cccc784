"""What is typed about items of the ledger. What is allowed is decided by the actions, not here."""
