"""Addresses of services: the list, one of them, its drafts and its editions."""

from django.urls import path

from onedoor.doors.console.services import drafts, editions, listing, trying

urlpatterns = [
    path("", listing.page, name="services"),
    path("<slug:service>/", listing.service, name="service"),
    path("<slug:service>/withdraw/", editions.withdraw, name="service_withdraw"),
    path("<slug:service>/editions/<int:number>/", editions.edition, name="service_edition"),
    path("<slug:service>/drafts/<uuid:draft>/", drafts.page, name="draft"),
    path("<slug:service>/drafts/<uuid:draft>/release/", drafts.release, name="draft_release"),
    path("<slug:service>/drafts/<uuid:draft>/trial/", trying.page, name="draft_trial"),
]
