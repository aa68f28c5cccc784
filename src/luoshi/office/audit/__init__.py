"""The auditor's pages: they read the journal and stand above the people it is about."""
