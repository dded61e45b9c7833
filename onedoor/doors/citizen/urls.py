"""Addresses of the citizen's door. It stands at the root."""

from django.urls import path

from onedoor.doors.citizen import (
    apply,
    booked,
    booking,
    centres,
    complain,
    correct,
    fees,
    follow,
    home,
    moments,
    place,
    prepare,
    rate,
    receipt,
    services,
    stops,
    ticket,
    verify,
)

app_name = "citizen"
PREFIX = ""

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    *moments.urlpatterns,
    path("services/", services.services, name="services"),
    path("services/<slug:code>/", services.service, name="service"),
    *fees.urlpatterns,
    *prepare.urlpatterns,
    *apply.urlpatterns,
    path("centres/", centres.centres, name="centres"),
    path("centres/<slug:code>/", centres.centre, name="centre"),
    *stops.urlpatterns,
    *booking.urlpatterns,
    *booked.urlpatterns,
    *place.urlpatterns,
    *ticket.urlpatterns,
    *verify.urlpatterns,
    *rate.urlpatterns,
    *complain.urlpatterns,
    *follow.urlpatterns,
    *correct.urlpatterns,
    *receipt.urlpatterns,
]
