"""Addresses of the hall's screen."""

from django.urls import path

from onedoor.doors.board import views

app_name = "board"
urlpatterns = [
    path("<slug:centre>/", views.hall, name="hall"),
    path("<slug:centre>/now/", views.now_part, name="now"),
]
