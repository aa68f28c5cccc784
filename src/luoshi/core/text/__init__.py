"""Characters: spans, sentences, item marks, numerals, comparable forms."""
