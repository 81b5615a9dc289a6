"""Charts of fame and shame."""
