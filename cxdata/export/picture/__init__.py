"""Pictures at exact size."""
