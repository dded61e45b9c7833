"""Addresses of the console."""

from django.urls import path

from onedoor.doors.console import figures, live, week

app_name = "console"

urlpatterns = [
    path("", live.country, name="country"),
    path("provinces/<slug:province>/", live.province, name="province"),
    path("places/<slug:place>/", live.place, name="place"),
    path("places/<slug:place>/counters/<slug:counter>/", live.counter, name="counter"),
    path("figures/", figures.page, name="figures"),
    path("figures.csv", figures.table, name="figures_csv"),
    path("monday/", week.page, name="monday"),
    path("monday.pdf", week.sheet, name="monday_pdf"),
]
