"""What a class did, and what it misunderstands: from the gradebook and the marked notebooks."""
