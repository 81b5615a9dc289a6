"""The gate: who may have which page and address, and the way in by sign-in."""
