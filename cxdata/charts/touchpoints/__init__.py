"""Charts of touchpoints: where effort and feeling arise."""
