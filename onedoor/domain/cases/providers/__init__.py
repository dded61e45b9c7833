"""What service tasks can do: one function for each handler's name, behind one base."""

from onedoor.domain.cases.providers import documents, marks
from onedoor.domain.cases.providers.base import Call, Handler, handler, inline_handlers, service

__all__ = ["Call", "Handler", "documents", "handler", "inline_handlers", "marks", "service"]
