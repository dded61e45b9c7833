"""Addresses of the machine door."""

from django.urls import include, path

from onedoor.doors.exchange import v1

app_name = "exchange"
PREFIX = "api/"
urlpatterns = [path("v1/", include(v1.addresses()))]
