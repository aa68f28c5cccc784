"""What changes batches, materials in them, remarks and decisions: the only writes of this app."""
