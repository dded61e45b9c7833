"""What people do in access: one function, one intention."""

from onedoor.domain.access.actions.codes import (
    Checked,
    check_code,
    forget_tries,
    issue_code,
)
from onedoor.domain.access.actions.devices import end_device, end_token, enrol_device, issue_token
from onedoor.domain.access.actions.grants import end_grant, grant
from onedoor.domain.access.actions.logins import (
    change_second_factor,
    close_login,
    demo_totp,
    reset_second_factor,
    save_login,
    set_password,
)
from onedoor.domain.access.actions.origins import note_origin
from onedoor.domain.access.actions.roles import save_role
from onedoor.domain.access.actions.sights import record_sight
from onedoor.domain.access.actions.units import save_unit

__all__ = [
    "Checked",
    "change_second_factor",
    "check_code",
    "close_login",
    "demo_totp",
    "end_device",
    "end_grant",
    "end_token",
    "enrol_device",
    "forget_tries",
    "grant",
    "issue_code",
    "issue_token",
    "note_origin",
    "record_sight",
    "reset_second_factor",
    "save_login",
    "save_role",
    "save_unit",
    "set_password",
]
