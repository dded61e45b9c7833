"""The door of planning: trying out reforms on what happened."""

__all__: list[str] = []
