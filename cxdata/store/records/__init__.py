"""Records: stories, companies and batches as rows of the database, and back."""
