"""What access publishes: changes of units, roles, grants, logins, devices and tokens."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class UnitSaved(Event):
    """A unit was added or changed."""

    name: ClassVar[str] = "access.unit_saved"
    schema: ClassVar[int] = 1
    code: str
    tree: str


@dataclass(frozen=True, kw_only=True)
class RoleSaved(Event):
    """A role was added or its permissions changed."""

    name: ClassVar[str] = "access.role_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class LoginSaved(Event):
    """A login was added or changed."""

    name: ClassVar[str] = "access.login_saved"
    schema: ClassVar[int] = 1
    active: bool


@dataclass(frozen=True, kw_only=True)
class GrantGiven(Event):
    """A login was given a role at a unit."""

    name: ClassVar[str] = "access.grant_given"
    schema: ClassVar[int] = 1
    login: UUID
    role: str
    unit: UUID


@dataclass(frozen=True, kw_only=True)
class GrantEnded(Event):
    """A login's role at a unit ends, or ended, on a day."""

    name: ClassVar[str] = "access.grant_ended"
    schema: ClassVar[int] = 1
    login: UUID
    unit: UUID


@dataclass(frozen=True, kw_only=True)
class DeviceEnrolled(Event):
    """A device was given a token at a centre."""

    name: ClassVar[str] = "access.device_enrolled"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class DeviceEnded(Event):
    """A device's token is no longer honoured."""

    name: ClassVar[str] = "access.device_ended"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Event):
    """A machine was given a token at a unit."""

    name: ClassVar[str] = "access.token_issued"
    schema: ClassVar[int] = 1
    unit: UUID


@dataclass(frozen=True, kw_only=True)
class TokenEnded(Event):
    """A machine's token is no longer honoured."""

    name: ClassVar[str] = "access.token_ended"
    schema: ClassVar[int] = 1
    unit: UUID
