"""Event logs in XES 1.0: read in a stream within bounds, replayed as cases, written out again."""
