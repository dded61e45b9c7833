"""Addresses of the desk: the centre, the counter, the application and the documents at a counter."""

from django.urls import path

from onedoor.doors.desk import application, floor, lookup, papers, places, reception, scans, tasks

COUNTER = "<slug:centre>/<slug:counter>/"
APPLICATION, PAPERS = f"{COUNTER}application/", f"{COUNTER}papers/"

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
    path(APPLICATION, application.application, name="application"),
    path(f"{APPLICATION}code/", application.renew, name="application_code"),
    path(f"{APPLICATION}<uuid:case>/", application.draft, name="application_draft"),
    path(f"{APPLICATION}<uuid:case>/save/", application.save, name="application_save"),
    path(f"{APPLICATION}<uuid:case>/check/", application.check, name="application_check"),
    path(f"{APPLICATION}<uuid:case>/summary/", application.read_back, name="application_summary"),
    path(f"{APPLICATION}<uuid:case>/receive/", application.receive, name="application_receive"),
    path(f"{APPLICATION}<uuid:case>/papers/", application.attach, name="application_attach"),
    path(f"{APPLICATION}<uuid:case>/papers/<uuid:paper>/", scans.show_paper, name="application_paper"),
    path(f"{APPLICATION}tasks/<uuid:task>/", tasks.task, name="application_task"),
    path(f"{APPLICATION}find/", lookup.find, name="application_find"),
    path(f"{APPLICATION}cases/<uuid:case>/", lookup.case, name="application_case"),
    path(PAPERS, papers.papers, name="documents"),
    path(f"{PAPERS}case/<uuid:case>/", papers.of_case, name="document_of_case"),
    path(f"{PAPERS}<uuid:document>/", papers.paper, name="document"),
    path(f"{PAPERS}<uuid:document>/file/", papers.file, name="document_file"),
    path(f"{PAPERS}<uuid:document>/confirm/", papers.confirm, name="document_confirm"),
    path(f"{PAPERS}<uuid:document>/wrong/", papers.wrong, name="document_wrong"),
    path(f"{PAPERS}<uuid:document>/issue/", papers.issue, name="document_issue"),
    path(f"{PAPERS}<uuid:document>/print/", papers.print_sheet, name="document_print"),
    path(f"{PAPERS}<uuid:document>/printed/", papers.printed, name="document_printed"),
    path(f"{PAPERS}<uuid:document>/revoke/", papers.revoke, name="document_revoke"),
]
