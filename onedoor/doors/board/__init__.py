"""The screen of the waiting hall."""
