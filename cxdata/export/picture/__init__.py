"""Pictures of exact size."""
