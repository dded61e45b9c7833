"""Addresses of the machine door: the API, and the catalogue as open data in the forms of two standards."""

from django.urls import include, path

from onedoor.doors.exchange import v1
from onedoor.doors.exchange.cpsv import views as cpsv
from onedoor.doors.exchange.hsds import views as hsds

app_name = "exchange"
PREFIX = "api/"
urlpatterns = [path("v1/", include(v1.addresses())), *cpsv.addresses, *hsds.addresses]
