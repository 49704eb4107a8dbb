"""The room `segment`."""
