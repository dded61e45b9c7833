"""`onedoor import cpsv|hsds`: another catalogue's services as folders of a pack, for somebody to review. Nothing is loaded."""

from __future__ import annotations

import argparse
from pathlib import Path

from onedoor.tools.environment import set_up


def bring(arguments: argparse.Namespace) -> int:
    """Read a file of another catalogue and write what of it can be said in a pack; what cannot is listed."""
    set_up()
    from onedoor.tools.catalogues.cpsv import from_graph
    from onedoor.tools.catalogues.files import graph_in, json_in
    from onedoor.tools.catalogues.hsds import from_services
    from onedoor.tools.catalogues.writing import write

    file = Path(arguments.file)
    if arguments.standard == "cpsv":
        found = from_graph(graph_in(file), source=file.name)
    else:
        found = from_services(json_in(file), source=file.name)
    return write(found, into=Path(arguments.into))
