"""Addresses that every door shares."""

from django.urls import path

from onedoor.ui import views

app_name = "ui"
urlpatterns = [path("language/<slug:code>/", views.language, name="language")]
