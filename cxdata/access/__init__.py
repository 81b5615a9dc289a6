"""Access: who a person is, which role they have, and what a role may do."""
