"""Charts of where it happens."""
