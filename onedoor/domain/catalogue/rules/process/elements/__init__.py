"""One small file for each kind of element: how it is read into a node."""

from onedoor.domain.catalogue.rules.process.elements.arrows import read_flow
from onedoor.domain.catalogue.rules.process.elements.reading import READERS, read_node
from onedoor.domain.catalogue.rules.process.elements.scopes import SCOPES

__all__ = ["READERS", "SCOPES", "read_flow", "read_node"]
