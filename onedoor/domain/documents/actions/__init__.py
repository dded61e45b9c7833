"""What people do with documents: one function, one intention."""
