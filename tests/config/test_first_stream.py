"""A screen may be the first to come back to a server that has just begun."""

import os
import subprocess
import sys


def test_a_stream_of_a_part_is_known_before_any_page_was_asked_for() -> None:
    asked = (
        "import onedoor.config.asgi;"
        "from onedoor.ui.shared import is_part;"
        "print(is_part('board.main.lo'), is_part('nothing.main.lo'))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, env=dict(os.environ))
    assert told.stdout.split() == ["True", "False"], told.stderr[-800:]
