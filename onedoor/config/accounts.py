"""Addresses under ``/accounts/``: logging in and out, second factor, lock, one's own login, and the pairing of devices."""

from django.urls import path

from onedoor.config import entrance, own

urlpatterns = [
    path("login/", entrance.login, name="account_login"),
    path("logout/", entrance.logout, name="account_logout"),
    path("closed/", entrance.inactive, name="account_inactive"),
    path("again/", entrance.reauthenticate, name="account_reauthenticate"),
    path("password/", entrance.password, name="account_change_password"),
    path("security/", own.security, name="account_security"),
    path("security/end/", own.end, name="account_end"),
    path("security/phone/", own.phone, name="account_phone"),
    path("code/", entrance.authenticate, name="mfa_authenticate"),
    path("second-factor/", entrance.enrol, name="mfa_activate_totp"),
    path("start/", entrance.start, name="staff_start"),
    path("lock/", entrance.lock, name="staff_lock"),
    path("unlock/", entrance.unlock, name="staff_unlock"),
    path("device/", entrance.device, name="device_enter"),
]
