"""A small aggregate with child rows, for tests of the kernel only."""
