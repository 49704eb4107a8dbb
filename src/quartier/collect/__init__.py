"""The room `collect`."""
