"""Charts that compare two companies."""
