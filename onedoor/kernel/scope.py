"""Who acts, what they may see, and what a route asks for. Visibility is one predicate, and it fails closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import UUID

from django_scopes import ScopedManager, scope, scopes_disabled

__all__ = ["PUBLIC", "Actor", "ScopedManager", "everything", "needs", "open_scope", "permission_of", "public"]

Kind = Literal["staff", "device", "citizen", "public", "system", "machine"]
PUBLIC = "public"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Actor:
    """Who does something: a kind and an id; names stay in the access context."""

    kind: Kind
    id: UUID

    @classmethod
    def system(cls) -> "Actor":
        """The node itself: timers, handlers, tools."""
        return cls("system", UUID(int=1))

    @classmethod
    def public(cls) -> "Actor":
        """Anybody, unidentified."""
        return cls("public", UUID(int=2))

    @classmethod
    def citizen(cls, subject: UUID) -> "Actor":
        """A person who proved, by number and secret code, that ``subject`` (a case) is theirs."""
        return cls("citizen", subject)


@contextmanager
def open_scope(**dimensions: Any) -> Iterator[None]:
    """Let scoped managers run, narrowed to the given units, e.g. ``open_scope(centre=[...])``."""
    with scope(**dimensions):
        yield


@contextmanager
def everything(why: str) -> Iterator[None]:
    """Let scoped managers run over all units; ``why`` must say what makes that right."""
    if not why:
        raise ValueError("say why everything may be seen")
    with scopes_disabled():
        yield


def needs(permission: str) -> Callable[[View], View]:
    """Declare the permission a route asks for; the guard of the web server enforces it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Declare that anybody may open a route."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def permission_of(view: Callable[..., Any]) -> str | None:
    """What a route declared, or None when it declared nothing (and must be refused)."""
    return getattr(view, "permission", None)
