"""The room `identify`."""
