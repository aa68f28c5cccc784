"""What is done with papers: they are given out, and that is written down."""
