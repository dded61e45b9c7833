"""Logins: a person's account, and the proof of it that stays on this node."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.db import models
from django.utils.crypto import salted_hmac

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Local, Mirror


class Logins(models.Manager["Login"]):
    """Finds logins as django.contrib.auth expects."""

    def get_by_natural_key(self, username: str) -> Login:
        """The login of this user name; letter case is ignored because people type it on paper cards."""
        return self.get(username__iexact=username)


class Login(Aggregate):
    """An account of one member of staff (AUTH_USER_MODEL). The hub owns it; the proof is a Secret, local to a node."""

    username = models.CharField(max_length=80, unique=True)
    name = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="lo")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_anonymous = False
    is_authenticated = True
    is_staff = False
    is_superuser = False
    last_login = None

    objects = Logins()
    mirror: ClassVar[Mirror] = Mirror(direction="down", privacy="personal")

    class Meta:
        db_table = "access_login"

    def __str__(self) -> str:
        return self.username

    def get_username(self) -> str:
        """The user name, as django.contrib.auth asks for it."""
        return self.username

    def natural_key(self) -> tuple[str]:
        """The user name as a key, as django.contrib.auth asks for it."""
        return (self.username,)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """User names are kept in lower case."""
        return username.strip().lower()

    @property
    def password(self) -> str:
        """The password's hash on this node, or an unusable one."""
        row = Secret.objects.filter(login_id=self.pk).first()
        return row.password if row is not None else make_password(None)

    def check_password(self, raw: str) -> bool:
        """Whether this is the password; spends the same time when there is none."""
        return check_password(raw, self.password)

    def has_usable_password(self) -> bool:
        """Whether a password is set on this node."""
        return is_password_usable(self.password)

    def set_password(self, raw: str | None) -> None:
        """Keep the hash of a new password on this node; every session of this login ends with it."""
        hashed = make_password(raw)
        if not self._state.adding:  # allauth hashes for an unknown user, only to spend the time
            self.keep_password(hashed)

    def keep_password(self, hashed: str) -> None:
        """Keep a hash that was made before, and end the sessions."""
        fields = {"password": hashed, "stamp": secrets.token_hex(16)}
        Secret.objects.update_or_create(login_id=self.pk, defaults=fields)

    def end_sessions(self) -> None:
        """End every session of this login on this node."""
        Secret.objects.filter(login_id=self.pk).update(stamp=secrets.token_hex(16))

    def get_session_auth_hash(self) -> str:
        """Ties a session to the password of the moment it began."""
        row = Secret.objects.filter(login_id=self.pk).first()
        return salted_hmac("onedoor.access.Login", row.stamp if row else "", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> tuple[str, ...]:
        """None: keys of sessions are not rotated by settings."""
        return ()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Always no: roles and grants decide here, not django.contrib.auth."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Always no, as above."""
        return False


class Secret(models.Model):
    """The password of a login on this node, and a stamp that ends its sessions when it changes."""

    login = models.OneToOneField(Login, on_delete=models.CASCADE, primary_key=True, related_name="secret")
    password = models.CharField(max_length=256)
    stamp = models.CharField(max_length=32)

    mirror: ClassVar[Local] = Local("a password is checked on the node where the person logs in")

    class Meta:
        db_table = "access_secret"

    def __str__(self) -> str:
        return f"secret of {self.login_id}"
