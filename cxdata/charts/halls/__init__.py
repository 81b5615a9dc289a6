"""Charts of the halls of fame and shame."""
