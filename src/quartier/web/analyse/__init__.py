"""The room `analyse` of the application."""
