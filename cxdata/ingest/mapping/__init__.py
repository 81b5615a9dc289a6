"""Other people's tables under a mapping."""
