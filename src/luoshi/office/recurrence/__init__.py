"""Materials of one author over the years: which answers for which, what came back, what the ledger says."""
