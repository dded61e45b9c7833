"""Addresses of the office door."""

from django.urls import path

from onedoor.doors.office import clock, failed, finding, inbox, papers

app_name = "office"
PREFIX = "office/"

urlpatterns = [
    path("", inbox.worklist, name="worklist"),
    path("tasks/<uuid:task>/", inbox.task, name="task"),
    path("tasks/<uuid:task>/clock/", clock.turn, name="clock"),
    path("cases/<uuid:case>/extend/", clock.extend, name="extend"),
    path("escalated/", clock.escalated, name="escalated"),
    path("cases/", finding.found, name="cases"),
    path("cases/<uuid:case>/", finding.record, name="record"),
    path("cases/<uuid:case>/papers/<uuid:paper>/", papers.paper, name="paper"),
    path("failed/", failed.failed, name="failed"),
    path("failed/<uuid:task>/", failed.retry, name="retry"),
]
