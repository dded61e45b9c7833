"""Voice: what people think of a visit, and what they complain about."""
