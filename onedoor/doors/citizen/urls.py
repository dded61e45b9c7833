"""Addresses of the citizen's door. It stands at the root."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import path

from onedoor.doors.citizen import centres, home, services

app_name = "citizen"
PREFIX = ""

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("life/<slug:code>/", home.life_event, name="life_event"),
    path("services/", services.services, name="services"),
    path("services/<slug:code>/", services.service, name="service"),
    path("centres/", centres.centres, name="centres"),
    path("centres/<slug:code>/", centres.centre, name="centre"),
]
for _part in ("verify", "rate", "complain", "follow"):
    if find_spec(f"onedoor.doors.citizen.{_part}"):
        urlpatterns += import_module(f"onedoor.doors.citizen.{_part}").urlpatterns
