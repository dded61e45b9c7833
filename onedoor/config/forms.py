"""The forms of the account pages, with our words and no placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _reword(form: forms.Form, **labels: Any) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
        if name == "code":
            field.widget.attrs.update(inputmode="numeric", maxlength="8", autofocus="")


class Entry(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, login=_("User name"), password=_("Password"))


class Code(AuthenticateForm):
    """The code of the authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code from your app"))


class FirstCode(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code from your app"))


class AnotherPhone(ActivateTOTPForm):
    """The first code of another phone, with the password and a code of the present one."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    present = forms.CharField(
        label=_("Code from the present phone"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    field_order = ("code", "present", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code from the new phone"))
        for name in ("code", "present"):
            self.fields[name].widget.attrs.update(inputmode="numeric", maxlength="8")
            self.fields[name].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        """The present proof is asked last, as its code counts once."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        held = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        if not self.user.check_password(given["password"]):
            self.add_error("password", _("The password is not right."))
        elif held is None or not held.wrap().validate_code(given["present"]):
            self.add_error("present", get_adapter().error_messages["incorrect_code"])
        return given


class NewPassword(ChangePasswordForm):
    """A new password, with the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )
        self.fields["password1"].help_text = _("At least 12 characters; three or four words are best.")


class Again(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, password=_("Password"))


class DeviceToken(forms.Form):
    """The token that a manager was shown when the device was enrolled."""

    token = forms.CharField(label=_("Token of this device"), max_length=80, strip=True)
