"""The machine door: the REST API under /api/v1/."""
