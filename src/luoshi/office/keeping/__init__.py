"""Keeping a deployment: backups, bringing them back, and what must survive both."""
