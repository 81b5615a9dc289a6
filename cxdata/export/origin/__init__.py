"""Where a file comes from: its id, metadata and signature, whose words it has, and the check that leads back."""
