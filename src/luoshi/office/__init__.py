"""The office's applications: state changes only in their ``actions``, reads in ``queries``."""
