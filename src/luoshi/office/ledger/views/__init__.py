"""Pages of the ledger. They read, show forms, and hand what was typed to one action."""
