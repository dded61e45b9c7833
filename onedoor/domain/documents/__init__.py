"""Documents: signed, numbered papers that anyone can verify."""
