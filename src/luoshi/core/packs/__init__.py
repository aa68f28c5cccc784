"""Packs: tables that an office imports each year, judged before any of them is taken.

A pack is a list (``pack.json``: name, version, date, source, the hash of each file) and files of
three kinds: the working days of a year, the outline of a meeting, documents with their days.
"""
