"""The room `evaluate` of the application."""
