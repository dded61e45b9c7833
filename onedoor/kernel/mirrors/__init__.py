"""Mirrors: the newest state of an aggregate, kept as a read copy by other nodes. Every model declares what leaves the node."""

from onedoor.kernel.mirrors.declare import Child, Local, Mirror, declaration_of

__all__ = ["Child", "Local", "Mirror", "declaration_of"]
