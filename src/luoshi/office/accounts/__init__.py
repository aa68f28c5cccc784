"""Offices, units, persons, posts, roles and accounts."""
