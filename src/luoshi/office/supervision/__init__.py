"""Supervision: the daily sweep, the slips that it serves, what each person has to answer."""
