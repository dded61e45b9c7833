"""PostgreSQL under our own supervisor: find binaries, make a cluster, start, check, stop."""

from onedoor.tools.postgres.cluster import Cluster, ForeignVersion, cluster_for

__all__ = ["Cluster", "ForeignVersion", "cluster_for"]
