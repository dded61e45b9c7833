"""Where people are served: centres with hours and offers, counters, and the calendar of working days."""
