"""Impure work: files on disk, bounded worker processes, the Python interface."""
