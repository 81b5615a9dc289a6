"""Pictures made in processes of their own."""
