"""Every door's addresses; a door names its own prefix in its ``urls.PREFIX`` (the citizen door stands at the root)."""

from importlib import import_module

from django.conf import settings
from django.urls import include, path

handler429 = "onedoor.config.faults.too_many"
urlpatterns = [
    path("accounts/", include("onedoor.config.accounts")),
    path("", include("onedoor.ui.urls")),
]
for _door in settings.DOORS:
    _urls = f"onedoor.doors.{_door}.urls"
    urlpatterns.append(path(getattr(import_module(_urls), "PREFIX", f"{_door}/"), include(_urls)))
