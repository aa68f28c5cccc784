"""The command line, in Chinese."""
