"""Hands: the command line, the supervisor of processes and of PostgreSQL, backup, packs and the simulator."""
