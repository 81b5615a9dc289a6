"""Charts of how much work companies make."""
