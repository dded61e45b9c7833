"""Addresses of the designer, under the draft that is designed."""

from django.urls import path

from onedoor.doors.console.designer import (
    decisions,
    description,
    eligibility,
    fees,
    files,
    form,
    looks,
    process,
    steps,
    trials,
)

urlpatterns = [
    path("", description.page, name="design"),
    path("eligibility/", eligibility.page, name="design_eligibility"),
    path("form/", form.page, name="design_form"),
    path("form/as/<slug:look>/", looks.look, name="design_look"),
    path("process/", process.diagram, name="design_process"),
    path("process/steps/", steps.steps, name="design_steps"),
    path("decisions/", decisions.tables, name="design_decisions"),
    path("decisions/<str:table>/", decisions.rows, name="design_rows"),
    path("files/<slug:kind>/", files.download, name="design_file"),
    path("fee/", fees.page, name="design_fee"),
    path("tests/", trials.page, name="design_tests"),
]
