"""Edges of the system: xlsx out, the terminal, LibreOffice, the JSON record."""
