"""The journal (留痕): one way to write, and an append-only record of every write."""
