"""What people do with a queue."""
