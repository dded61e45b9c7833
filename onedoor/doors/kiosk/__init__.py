"""The self-service screen: a ticket in three touches."""
