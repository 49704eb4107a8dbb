"""The room `target` of the application."""
