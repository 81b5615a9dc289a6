"""Charts of how far figures carry."""
