"""Monitoring: the live floor and the key figures of every centre, projected from letters only."""
