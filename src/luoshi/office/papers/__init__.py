"""Papers (整改情况报告、清单): made from the ledger, given out as docx or pdf."""
