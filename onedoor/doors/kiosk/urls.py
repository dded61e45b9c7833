"""Addresses of the self-service screen."""

from django.urls import path

from onedoor.doors.kiosk import arriving, fill, rate, scan, slip, views

app_name = "kiosk"
urlpatterns = [
    path("<slug:centre>/", views.invite, name="home"),
    path("<slug:centre>/services/", views.choose, name="services"),
    path("<slug:centre>/services/<slug:service>/", views.confirm, name="confirm"),
    path("<slug:centre>/ticket/<slug:token>/", views.ticket, name="ticket"),
    path("<slug:centre>/paper/", views.paper, name="paper"),
    path("<slug:centre>/lost/", views.lost, name="lost"),
]
urlpatterns += [
    *rate.urlpatterns,
    *fill.urlpatterns,
    *arriving.urlpatterns,
    *scan.urlpatterns,
    *slip.urlpatterns,
]
urlpatterns += [path("<slug:centre>/aloud/<slug:lang>/<str:name>", views.aloud, name="aloud")]
