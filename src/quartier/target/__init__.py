"""The room `target`."""
