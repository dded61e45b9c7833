"""The counter officer's screen."""
