"""What is done with workbooks: uploaded, confirmed, discarded, given out; one action each."""
