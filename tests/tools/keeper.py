"""A program for tests: starts the cluster of ONEDOOR_HOME, says its address, and stays until it is ended."""

from __future__ import annotations

import time

from onedoor.tools.postgres import cluster_for


def main() -> None:
    """Starts and waits."""
    cluster = cluster_for()
    cluster.start()
    print(cluster.url(), flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
