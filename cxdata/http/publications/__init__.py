"""What people take along or follow: board packs and feeds."""
