"""Notices: what people are told about their own affair, and what the hall's screen tells everybody."""
