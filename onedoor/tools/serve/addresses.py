"""Where the web server may listen."""

from __future__ import annotations

import ipaddress
import os
import socket

from onedoor.tools.errors import ToolError

BOUND = "ONEDOOR_BOUND_FD"  # the number of a socket that root has bound for the service's user


def is_loopback(host: str) -> bool:
    """Whether an address reaches only this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_public_demo(host: str, *, allowed: bool) -> None:
    """A demonstration has known logins: it answers beyond this machine only when told to."""
    if os.environ.get("ONEDOOR_MODE") == "demo" and not is_loopback(host) and not allowed:
        raise ToolError(
            f"This is a demonstration: its logins are known to everybody, so it does not listen on {host}. "
            "Use 127.0.0.1, or say --public-demo if that is what you want."
        )


def listen(host: str, port: int) -> socket.socket:
    """Binds the listening socket; port 0 draws a free one. A socket that root bound before is taken as it is."""
    bound = os.environ.pop(BOUND, None)
    if bound is not None:
        return socket.socket(fileno=int(bound))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as fault:
        listener.close()
        raise ToolError(f"Cannot listen on {host}:{port}: {fault.strerror}.") from fault
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener
