"""Text: numbers and lists in words, suggestions, safe cells of spreadsheets."""
