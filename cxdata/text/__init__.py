"""Numbers and lists in words, suggestions, safe cells."""
