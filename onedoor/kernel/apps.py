"""The kernel as a Django app: finds what the contexts declare, once, at start."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Loads every context's permissions, events, handlers and periodic tasks by their file names."""

    name = "onedoor.kernel"
    label = "kernel"

    def ready(self) -> None:
        autodiscover_modules("permissions", "events", "handlers", "tasks")
