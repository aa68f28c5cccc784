"""Deadlines: counting days by the rules of law over a table of working days."""
