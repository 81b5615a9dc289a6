"""Statistics without records."""
