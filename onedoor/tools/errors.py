"""Faults a person at a terminal can mend: printed as one sentence, exit code 2."""


class ToolError(Exception):
    """A command cannot go on; the message says what to do."""
