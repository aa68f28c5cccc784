"""What changes the order of materials."""
