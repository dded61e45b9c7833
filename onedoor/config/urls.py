"""Every door's addresses; a door names its own prefix in its ``urls.PREFIX`` (the citizen door stands at the root)."""

from importlib import import_module

from django.conf import settings
from django.urls import include, path

handler400 = "onedoor.config.faults.not_read"
handler404 = "onedoor.config.faults.not_found"
handler429 = "onedoor.config.faults.too_many"
urlpatterns = [
    path("accounts/", include("onedoor.config.accounts")),
    path("", include("onedoor.ui.urls")),
]
_doors = [import_module(f"onedoor.doors.{_door}.urls") for _door in settings.DOORS]
_prefixed = [
    (getattr(_urls, "PREFIX", f"{_door}/"), _urls)
    for _door, _urls in zip(settings.DOORS, _doors, strict=True)
]
# The machines' and the counters' addresses are the hottest and come first, the door at the root last: it would be compared
# with every address of the others.
_hot = ("api/", "desk/")
_prefixed.sort(key=lambda pair: (not pair[0], not pair[0].startswith(_hot)))
urlpatterns = [
    *(path(_prefix, include(_urls)) for _prefix, _urls in _prefixed if _prefix),
    *urlpatterns,
    *(path(_prefix, include(_urls)) for _prefix, _urls in _prefixed if not _prefix),
]
