"""The codes of a story, and published scores."""
