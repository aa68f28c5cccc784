"""How the log of a demonstration is told from one that counts: by the beginning of its origin."""

ORIGIN = "luoshi.demo/"
