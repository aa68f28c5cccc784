"""Official papers as values: what a report or a list says, before it becomes a docx or a pdf."""
