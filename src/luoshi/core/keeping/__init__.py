"""Keeping a deployment, as far as it can be decided by thinking."""
