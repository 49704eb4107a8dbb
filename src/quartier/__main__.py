"""`python -m quartier`."""
