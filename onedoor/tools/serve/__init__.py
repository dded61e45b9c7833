"""Processes of a node: the supervisor, the web server and the worker."""
