"""Queue: a person's place in line at a centre, from the ticket to the end of the service."""
