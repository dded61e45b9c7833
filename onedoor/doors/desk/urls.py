"""Addresses of the desk: the centre, the counter, the application, documents and cash at a counter."""

from django.urls import path

from onedoor.doors.desk import (
    application,
    cash,
    cash_centre,
    cash_pay,
    cash_receipts,
    floor,
    lookup,
    papers,
    places,
    reception,
    scans,
    tasks,
)

COUNTER = "<slug:centre>/<slug:counter>/"
APPLICATION, PAPERS, CASH = f"{COUNTER}application/", f"{COUNTER}papers/", f"{COUNTER}cash/"
MONEY = "<slug:centre>/cash/"

app_name = "desk"
urlpatterns = [
    path("", places.choose, name="choose"),
    path("<slug:centre>/", places.counters, name="counters"),
    path("<slug:centre>/reception/", reception.reception, name="reception"),
    path("<slug:centre>/reception/qr/<slug:token>/", reception.qr, name="reception_qr"),
    path("<slug:centre>/reception/lost/", reception.lost, name="reception_lost"),
    path(MONEY, cash_centre.centre_cash, name="cash_centre"),
    path(f"{MONEY}day/", cash_centre.close_day, name="cash_day"),
    path(f"{MONEY}receipts/<uuid:receipt>/void/", cash_centre.void, name="cash_void"),
    path(f"{MONEY}waivers/<uuid:charge>/", cash_centre.answer, name="cash_answer"),
    path(f"{MONEY}waivers/<uuid:charge>/paper/", cash_centre.evidence, name="cash_evidence"),
    path(f"{MONEY}sessions/<uuid:session>/", cash_centre.close_for, name="cash_close_for"),
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
    path(f"{APPLICATION}<uuid:case>/upgrade/", application.upgrade, name="application_upgrade"),
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
    path(CASH, cash.drawer, name="cash"),
    path(f"{CASH}open/", cash.open_drawer, name="cash_open"),
    path(f"{CASH}sessions/<uuid:session>/", cash.close, name="cash_close"),
    path(f"{CASH}charges/<uuid:charge>/", cash_pay.pay, name="cash_pay"),
    path(f"{CASH}charges/<uuid:charge>/waiver/", cash_pay.waiver, name="cash_waiver"),
    path(f"{CASH}receipts/<uuid:receipt>/", cash_receipts.receipt, name="cash_receipt"),
    path(f"{CASH}receipts/<uuid:receipt>/print/", cash_receipts.print_slip, name="cash_print"),
    path(f"{CASH}receipts/<uuid:receipt>/qr/", cash_receipts.qr, name="cash_qr"),
    path(f"{CASH}receipts/<uuid:receipt>/owed/", cash_receipts.pay_owed, name="cash_owed"),
]
