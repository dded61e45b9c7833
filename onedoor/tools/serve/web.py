"""One web process: uvicorn on a socket of its own or on the one that the supervisor hands over."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket

from onedoor.tools.environment import SETTINGS, database, settle
from onedoor.tools.home import home
from onedoor.tools.serve.addresses import listen, refuse_public_demo
from onedoor.tools.serve.privileges import step_down

GRACE_SECONDS = 3


def web(arguments: argparse.Namespace) -> int:
    """Serves until SIGTERM; open streams get three seconds to end."""
    refuse_public_demo(arguments.host, allowed=arguments.public_demo)
    step_down(arguments, home())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["ONEDOOR_THREADS"] = str(arguments.threads)
    handed = os.environ.pop("ONEDOOR_LISTEN_FD", None)
    with contextlib.ExitStack() as stack:
        if handed is None:
            stack.enter_context(database())
            listener = listen(arguments.host, arguments.port)
        else:
            listener = socket.socket(fileno=int(handed))
        import uvicorn

        config = uvicorn.Config(
            "onedoor.config.asgi:application",
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers="ONEDOOR_PROXY" in os.environ,
            forwarded_allow_ips=os.environ.get("ONEDOOR_PROXY", ""),
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        config.load()
        settle()
        uvicorn.Server(config).run(sockets=[listener])
    return 0
