"""What a supervisor asks a server: whether it lives, whether it is ready, and its figures."""
