"""Charts of change over time."""
