"""Acting on the field as it is drawn: dry runs, progress, questions to a second person."""
