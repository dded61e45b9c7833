"""Addresses of the console."""

from django.urls import include, path

from onedoor.doors.console import (
    audit,
    calendar,
    cameras,
    complaints,
    fees,
    figures,
    habits,
    hall,
    laboratory,
    laboratory_logs,
    live,
    mobile,
    staffing,
    week,
)

app_name = "console"

urlpatterns = [
    path("", live.country, name="country"),
    path("provinces/<slug:province>/", live.province, name="province"),
    path("places/<slug:place>/", live.place, name="place"),
    path("places/<slug:place>/counters/<slug:counter>/", live.counter, name="counter"),
    path("places/<slug:place>/waits/", staffing.waits, name="waits"),
    path("places/<slug:place>/counters-needed/", staffing.staff_plan, name="staff_plan"),
    path("places/<slug:place>/counters-needed.csv", staffing.staff_plan_csv, name="staff_plan_csv"),
    path("places/<slug:place>/then/", hall.then, name="hall_then"),
    path("places/<slug:place>/cameras/", cameras.page, name="cameras"),
    path("places/<slug:place>/cameras/new/", cameras.edit, name="camera_new"),
    path("places/<slug:place>/cameras/<uuid:camera>/", cameras.edit, name="camera_edit"),
    *mobile.urlpatterns,
    path("figures/", figures.page, name="figures"),
    path("figures.csv", figures.table, name="figures_csv"),
    path("monday/", week.page, name="monday"),
    path("monday.pdf", week.sheet, name="monday_pdf"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:complaint>/", complaints.complaint, name="complaint"),
    path("calendar/", calendar.page, name="calendar"),
    path("calendar/changes/<uuid:change>/", calendar.change, name="calendar_change"),
    path("fees/", fees.table, name="fees"),
    path("fees/receipts/", fees.receipts, name="receipts"),
    path("fees/services/<slug:service>/", fees.history, name="fee_history"),
    path("papers/", habits.page, name="habits"),
    path("papers.csv", habits.table, name="habits_csv"),
    path("laboratory/", laboratory.page, name="laboratory"),
    path("laboratory/services/<slug:service>/", laboratory.ask, name="laboratory_ask"),
    path("laboratory/logs/<slug:service>/", laboratory_logs.ask, name="laboratory_log"),
    path("laboratory/<uuid:experiment>/", laboratory.result, name="laboratory_result"),
    path("laboratory/<uuid:experiment>.csv", laboratory.table, name="laboratory_csv"),
    path("offers/", include("onedoor.doors.console.offers_urls")),
    path("audit/", audit.page, name="audit"),
    path("audit/sample/", audit.sample, name="audit_sample"),
    path("audit/cases/<uuid:case>/", audit.case, name="audit_case"),
    path("audit/cases/<uuid:case>/export/", audit.export, name="audit_export"),
    path("audit/receipts/<uuid:receipt>/", audit.receipt, name="audit_receipt"),
    path("audit/tickets/<uuid:ticket>/", audit.ticket, name="audit_ticket"),
    path("audit/verify_case.py", audit.verifier, name="audit_verifier"),
    path("services/", include("onedoor.doors.console.services.urls")),
    path(
        "services/<slug:service>/drafts/<uuid:draft>/design/", include("onedoor.doors.console.designer.urls")
    ),
]
