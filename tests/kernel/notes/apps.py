"""The test app of the kernel."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Installed in tests only."""

    name = "tests.kernel.notes"
    label = "notes"
