"""Every door's addresses; a door names its own prefix in its ``urls.PREFIX`` (the citizen door stands at the root)."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

handler429 = "onedoor.config.faults.too_many"
urlpatterns = []
if find_spec("onedoor.config.accounts"):
    urlpatterns.append(path("accounts/", include("onedoor.config.accounts")))
if find_spec("onedoor.ui.urls"):
    urlpatterns.append(path("", include("onedoor.ui.urls")))
for _door in settings.DOORS:
    _urls = f"onedoor.doors.{_door}.urls"
    urlpatterns.append(path(getattr(import_module(_urls), "PREFIX", f"{_door}/"), include(_urls)))
