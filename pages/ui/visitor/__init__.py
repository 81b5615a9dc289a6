"""The visitor: how they sign in, and what a page says to them about it."""
