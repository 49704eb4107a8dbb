"""Associations: which traits go together, over numbers and categories alike; `run` alone reads."""
