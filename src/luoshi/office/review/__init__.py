"""The review desk: batches of materials before a meeting, read, remarked on, signed off or returned."""
