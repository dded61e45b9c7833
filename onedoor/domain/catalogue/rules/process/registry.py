"""Names that service tasks may use. Higher contexts declare them when they are loaded; the linter asks here."""

_handlers: set[str] = set()


def declare_handler(name: str) -> str:
    """Make a service task's handler known to the linter; returns the name."""
    _handlers.add(name)
    return name


def declared_handlers() -> frozenset[str]:
    """Every handler's name that has been declared."""
    return frozenset(_handlers)
