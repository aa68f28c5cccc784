"""What is said about an item, from what happened: signals, flags of a ledger, slips, days missed."""
