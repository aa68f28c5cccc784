"""The only writes of the working screens."""
