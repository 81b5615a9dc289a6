"""Charts of what failing costs."""
