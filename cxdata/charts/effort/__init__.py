"""Charts of effort."""
