"""Addresses of the hall's screens."""

from django.urls import path

from onedoor.doors.board import views

app_name = "board"
urlpatterns = [
    path("clips/<slug:lang>/<str:name>", views.clip, name="clip"),
    path("<slug:centre>/", views.hall, name="hall"),
    path("<slug:centre>/now/", views.now_part, name="now"),
    path("<slug:centre>/<slug:board>/", views.hall, name="screen"),
]
