"""Addresses of the desk; the application and its papers add theirs."""

from django.urls import path

from onedoor.doors.desk import application, floor, lookup, papers, places, reception

app_name = "desk"
urlpatterns = [
    path("", places.choose, name="choose"),
    path("<slug:centre>/", places.counters, name="counters"),
    path("<slug:centre>/reception/", reception.reception, name="reception"),
    path("<slug:centre>/reception/qr/<slug:token>/", reception.qr, name="reception_qr"),
    path("<slug:centre>/reception/lost/", reception.lost, name="reception_lost"),
    path("<slug:centre>/<slug:counter>/", floor.home, name="home"),
    path("<slug:centre>/<slug:counter>/line/", floor.line_part, name="line"),
    path("<slug:centre>/<slug:counter>/away/", floor.away, name="away"),
    path("<slug:centre>/<slug:counter>/counter/", floor.switch, name="switch"),
    path("<slug:centre>/<slug:counter>/step/<slug:step>/", floor.step, name="step"),
    *application.urlpatterns,
    *lookup.urlpatterns,
    *papers.urlpatterns,
]
