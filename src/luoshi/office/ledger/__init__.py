"""The ledger (整改台账): commitments, work, evidence, verification, publication, watch."""
