"""Every change of offices, units, persons, posts, roles and accounts."""
