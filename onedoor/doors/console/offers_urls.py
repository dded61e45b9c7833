"""Addresses of what is offered where, below the console's."""

from django.urls import path

from onedoor.doors.console import (
    booking,
    offers,
    offers_calling,
    offers_hours,
    offers_leave,
    offers_place,
    offers_promises,
)

ONE = "centres/<slug:place>/services/<slug:service>/"
urlpatterns = [
    path("", offers.matrix, name="offers"),
    path("coverage.csv", offers.table, name="offers_csv"),
    path("ministries/<slug:ministry>/", offers.ministry, name="offers_ministry"),
    path("centres/<slug:site>/", offers_place.page, name="offers_place"),
    path("centres/<slug:place>/space/", offers_place.space, name="offers_space"),
    path("centres/<slug:place>/hours/", offers_hours.page, name="offers_hours"),
    path("centres/<slug:place>/calling/", offers_calling.page, name="offers_calling"),
    path(ONE, offers_place.offer, name="offers_offer"),
    path(f"{ONE}withdraw/", offers_leave.withdraw, name="offers_withdraw"),
    *booking.urlpatterns,
    path("promises/", offers_promises.listed, name="offers_promises"),
    path("promises/new/", offers_promises.promise, name="offers_promise"),
    path("promises/<uuid:commitment>/", offers_promises.take_back, name="offers_take_back"),
]
