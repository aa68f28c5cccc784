"""Pages of the working screens."""
