"""The room `govern`."""
