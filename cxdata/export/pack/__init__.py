"""The board pack: a few pages on what the stories say, as slides (PPTX) and as a paper (PDF)."""
